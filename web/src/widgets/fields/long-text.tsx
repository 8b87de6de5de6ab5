import { Input } from "antd";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";

const Cell = ({ value, roomy }: CellProps) =>
  roomy ? <span className="cell-lines">{textOf(value)}</span> : <span title={textOf(value)}>{textOf(value)}</span>;

const Edit = ({ aria, value, onChange, autoFocus }: InputProps) => (
  <Input.TextArea
    {...aria}
    value={textOf(value)}
    onChange={(event) => onChange(event.target.value || null)}
    autoFocus={autoFocus}
    autoSize={{ minRows: 3, maxRows: 12 }}
  />
);

export default defineWidget({ widget: "long-text", width: 260, wide: true, Cell, Input: Edit });
