import { useFormat } from "@/api/use-format";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";
import { NumberBox } from "../number-box";

function Cell({ value }: CellProps) {
  const { number } = useFormat();
  return <span className="num">{number(textOf(value))}%</span>;
}

const Edit = (props: InputProps) => <NumberBox {...props} suffix="%" />;

export default defineWidget({ widget: "percent", width: 88, align: "right", Cell, Input: Edit });
