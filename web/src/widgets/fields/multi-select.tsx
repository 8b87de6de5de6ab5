import { Select } from "antd";
import { ChoiceChip, offered, useChoiceOptions } from "../choice";
import { type CellProps, defineWidget, type InputProps } from "../field";

const keysOf = (value: unknown) => (Array.isArray(value) ? value.filter((key) => typeof key === "string") : []);

const Cell = ({ value, field }: CellProps) => (
  <span className="chips-row">
    {keysOf(value).map((key) => (
      <ChoiceChip key={key} field={field} value={key} />
    ))}
  </span>
);

function Edit({ aria, value, field, onChange, autoFocus, size }: InputProps) {
  const options = useChoiceOptions(field);
  return (
    <Select
      {...aria}
      mode="multiple"
      style={{ width: "100%" }}
      value={keysOf(value)}
      options={offered(options, keysOf(value))}
      showSearch={{ optionFilterProp: "text" }}
      allowClear
      onChange={(next: string[]) => onChange(next)}
      autoFocus={autoFocus}
      {...(size ? { size } : {})}
    />
  );
}

export default defineWidget({ widget: "multi-select", width: 180, Cell, Input: Edit });
