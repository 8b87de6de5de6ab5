import { CloseOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Field, Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { DraftLeaf } from "@/lib/filter-tree";
import { takesOf } from "@/lib/operators";
import { firstOperator, isTimed, operatorsOf } from "./field-operators";
import { ValueBox } from "./value-box";

type Props = { table: Table; leaf: DraftLeaf; onChange: (leaf: DraftLeaf) => void; onRemove: () => void };

/** One condition: field, comparison, value. */
export function ConditionRow({ table, leaf, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const opLabel = useOperatorLabel();
  const field = table.byKey.get(leaf.field);
  const fields = table.fields.filter((one) => one.readable && operatorsOf(one).length > 0);
  const chooseField = (key: string) => {
    const next = table.byKey.get(key);
    if (next) onChange({ ...leaf, field: key, op: firstOperator(next), value: null });
  };
  const chooseOp = (op: string) =>
    // What was typed stays when the new comparison takes a value of the same shape.
    onChange({ ...leaf, op, value: takesOf(op) === takesOf(leaf.op) ? leaf.value : null });
  return (
    <div className="condition">
      <Select
        className="condition-field"
        aria-label={t("records.chooseField")}
        value={field ? leaf.field : null}
        placeholder={t("records.chooseField")}
        options={fields.map((one) => ({ value: one.key, label: label(one.label) }))}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        onChange={chooseField}
      />
      <Select
        className="condition-op"
        aria-label={t("records.condition")}
        value={leaf.op}
        options={(field ? operatorsOf(field) : []).map((op) => ({ value: op, label: opLabel(op, field) }))}
        popupMatchSelectWidth={false}
        onChange={chooseOp}
      />
      <div className="condition-value">
        {field && (
          <ValueBox
            key={`${leaf.field} ${takesOf(leaf.op)}`}
            field={field}
            op={leaf.op}
            value={leaf.value}
            onChange={(value) => onChange({ ...leaf, value })}
          />
        )}
      </div>
      <Button
        type="text"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t("records.removeCondition")}
        onClick={onRemove}
      />
    </div>
  );
}

function useOperatorLabel() {
  const { t } = useTranslation();
  return (op: string, field: Field | undefined): string => {
    const timed = t("filter.dayOp", { returnObjects: true }) as Record<string, string>;
    const plain = t("filter.op", { returnObjects: true }) as Record<string, string>;
    return (field && isTimed(field) ? timed[op] : undefined) ?? plain[op] ?? op;
  };
}
