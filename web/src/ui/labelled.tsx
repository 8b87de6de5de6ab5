import { type ReactNode, useId } from "react";
import "./labelled.css";

/** What ties a control to its label, its help and its fault. */
export type Aria = {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
  status?: "error";
};

type Props = {
  label: ReactNode;
  fault?: string | undefined;
  help?: ReactNode;
  required?: boolean;
  wide?: boolean;
  children: (aria: Aria) => ReactNode;
};

/** A label above one control; below it the fault, or else the help. */
export function Labelled({ label, fault, help, required, wide, children }: Props) {
  const id = useId();
  const note = fault || help ? `${id}-note` : undefined;
  return (
    <div className={wide ? "labelled wide" : "labelled"}>
      <label htmlFor={id}>
        {required && <em aria-hidden="true">*</em>}
        {label}
      </label>
      {children({
        id,
        ...(note ? { "aria-describedby": note } : {}),
        ...(fault ? { "aria-invalid": true, status: "error" } : {}),
        ...(required ? { "aria-required": true } : {}),
      })}
      {note && (
        <p id={note} className={fault ? "labelled-fault" : "labelled-help"} {...(fault ? { role: "alert" } : {})}>
          {fault ?? help}
        </p>
      )}
    </div>
  );
}
