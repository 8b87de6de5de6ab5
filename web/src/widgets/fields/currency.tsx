import { useFormat } from "@/api/use-format";
import { type CellProps, defineWidget, textOf } from "../field";
import { NumberBox } from "../number-box";

function Cell({ value, field }: CellProps) {
  const { money, currency } = useFormat();
  const own = field.options?.currency;
  return <span className="num">{money(textOf(value), typeof own === "string" ? own : currency)}</span>;
}

export default defineWidget({ widget: "currency", width: 120, align: "right", Cell, Input: NumberBox });
