import { useFormat } from "@/api/use-format";
import { type CellProps, defineWidget, textOf } from "../field";
import { MomentPicker } from "../moment-picker";

function Cell({ value, roomy }: CellProps) {
  const { dateTime, when } = useFormat();
  const iso = textOf(value);
  return (
    <time className="num" dateTime={iso} title={dateTime(iso)}>
      {roomy ? when(iso) : dateTime(iso)}
    </time>
  );
}

export default defineWidget({ widget: "date-time", width: 150, Cell, Input: MomentPicker });
