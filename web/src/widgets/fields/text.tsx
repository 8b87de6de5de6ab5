import { Input } from "antd";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";

const Cell = ({ value }: CellProps) => <>{textOf(value)}</>;

const Edit = ({ aria, value, onChange, autoFocus, size }: InputProps) => (
  <Input
    {...aria}
    value={textOf(value)}
    onChange={(event) => onChange(event.target.value || null)}
    autoFocus={autoFocus}
    {...(size ? { size } : {})}
  />
);

export default defineWidget({ widget: "text", width: 144, Cell, Input: Edit });
