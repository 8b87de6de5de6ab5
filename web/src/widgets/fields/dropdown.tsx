import { Select } from "antd";
import { choicesOf } from "@/api/choices";
import { ChoiceChip, offered, useChoiceOptions } from "../choice";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";

const Cell = ({ value, field }: CellProps) => <ChoiceChip field={field} value={textOf(value)} />;

function Edit({ aria, value, field, onChange, autoFocus, size }: InputProps) {
  const options = useChoiceOptions(field);
  return (
    <Select
      {...aria}
      style={{ width: "100%" }}
      value={textOf(value) || null}
      options={offered(options, [textOf(value)])}
      showSearch={choicesOf(field).length > 8 ? { optionFilterProp: "text" } : false}
      allowClear={!field.required}
      onChange={(next: string | undefined) => onChange(next ?? null)}
      autoFocus={autoFocus}
      {...(size ? { size } : {})}
    />
  );
}

export default defineWidget({ widget: "dropdown", width: 112, Cell, Input: Edit });
