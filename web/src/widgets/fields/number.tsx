import { useFormat } from "@/api/use-format";
import { type CellProps, defineWidget, type InputProps, textOf } from "../field";
import { NumberBox } from "../number-box";

function Cell({ value, field }: CellProps) {
  const { number } = useFormat();
  const unit = textOf(field.options?.unit);
  return (
    <span className="num">
      {number(textOf(value))}
      {unit && <small> {unit}</small>}
    </span>
  );
}

const Edit = (props: InputProps) => <NumberBox {...props} suffix={textOf(props.field.options?.unit)} />;

export default defineWidget({ widget: "number", width: 96, align: "right", Cell, Input: Edit });
