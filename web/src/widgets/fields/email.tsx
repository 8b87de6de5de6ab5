import { Input } from "antd";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";

const Cell = ({ value, roomy }: CellProps) =>
  roomy ? <a href={`mailto:${textOf(value)}`}>{textOf(value)}</a> : textOf(value);

const Edit = ({ aria, value, onChange, autoFocus, size }: InputProps) => (
  <Input
    {...aria}
    type="email"
    inputMode="email"
    autoComplete="off"
    value={textOf(value)}
    onChange={(event) => onChange(event.target.value.trim() || null)}
    autoFocus={autoFocus}
    {...(size ? { size } : {})}
  />
);

export default defineWidget({ widget: "email", width: 180, Cell, Input: Edit });
