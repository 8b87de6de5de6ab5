import { useMeta } from "@/api/meta";
import { type CellProps, defineWidget, type InputProps } from "../field";
import { PersonPicker } from "../person-picker";

function Cell({ value }: CellProps) {
  const { person } = useMeta();
  return <>{typeof value === "number" ? (person.get(value)?.name ?? `#${value}`) : null}</>;
}

const Edit = ({ aria, value, field, onChange, autoFocus, size }: InputProps) => (
  <PersonPicker
    aria={aria}
    value={typeof value === "number" ? value : null}
    onChange={onChange}
    clearable={!field.required}
    {...(autoFocus ? { autoFocus } : {})}
    {...(size ? { size } : {})}
  />
);

export default defineWidget({ widget: "user", width: 96, Cell, Input: Edit });
