import { Switch } from "antd";
import { useId } from "react";

type Props = {
  label: string;
  hint?: string;
  fault?: string | undefined;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
};

/** A switch at the right of what it says. */
export function SwitchLine({ label, hint, fault, checked, disabled = false, onChange }: Props) {
  const id = useId();
  return (
    <div className="switch-line">
      <label htmlFor={id}>
        {label}
        {fault ? (
          <small className="labelled-fault" role="alert">
            {fault}
          </small>
        ) : (
          hint && <small id={`${id}-hint`}>{hint}</small>
        )}
      </label>
      <Switch
        id={id}
        checked={checked}
        disabled={disabled}
        onChange={onChange}
        {...(hint && !fault ? { "aria-describedby": `${id}-hint` } : {})}
      />
    </div>
  );
}
