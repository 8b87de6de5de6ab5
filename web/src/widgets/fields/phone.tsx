import { Input } from "antd";
import { useFormat } from "@/api/use-format";
import { DialButton } from "../dial/dial-button";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";

function Cell({ value, field, roomy }: CellProps) {
  const { phone } = useFormat();
  return (
    <span className="num cell-phone">
      {phone(textOf(value))}
      <DialButton field={field} value={value} {...(roomy ? {} : { tabIndex: -1 })} />
    </span>
  );
}

function Edit({ aria, value, onChange, autoFocus, size }: InputProps) {
  return (
    <Input
      {...aria}
      type="tel"
      inputMode="tel"
      autoComplete="off"
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value || null)}
      autoFocus={autoFocus}
      {...(size ? { size } : {})}
    />
  );
}

export default defineWidget({ widget: "phone", width: 156, Cell, Input: Edit });
