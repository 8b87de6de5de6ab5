import { InputNumber } from "antd";
import { type InputProps, textOf } from "./field";

type Props = InputProps & { suffix?: string };

/** A box for figures. Decimals travel as text, so that no digit is lost on the way. */
export function NumberBox({ aria, value, field, onChange, autoFocus, size, suffix }: Props) {
  const asText = typeof value === "string" || field.type === "currency";
  return (
    <InputNumber<string>
      {...aria}
      style={{ width: "100%" }}
      stringMode
      controls={false}
      inputMode="decimal"
      value={textOf(value)}
      onChange={(next) => onChange(next === null || next === "" ? null : asText ? next : Number(next))}
      autoFocus={autoFocus}
      {...(suffix ? { suffix } : {})}
      {...(size ? { size } : {})}
    />
  );
}
