import { DatePicker } from "antd";
import dayjs from "dayjs";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";

const Cell = ({ value }: CellProps) => <span className="num">{textOf(value)}</span>;

function Edit({ aria, value, onChange, autoFocus, size }: InputProps) {
  const day = textOf(value);
  return (
    <DatePicker
      {...aria}
      style={{ width: "100%" }}
      value={day ? dayjs(day) : null}
      onChange={(next) => onChange(next ? next.format("YYYY-MM-DD") : null)}
      autoFocus={autoFocus}
      {...(size ? { size } : {})}
    />
  );
}

export default defineWidget({ widget: "date", width: 116, Cell, Input: Edit });
