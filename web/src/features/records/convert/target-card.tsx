import { Checkbox, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { type Field, type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { TableIcon } from "@/ui/icon";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { FieldInput } from "@/widgets/field-input";
import { LinkPicker } from "@/widgets/link-picker";
import { Duplicates } from "../form/duplicates";
import type { Target } from "./api";
import { matchesOf, type Plan } from "./plans";

type Props = {
  target: Target;
  plan: Plan;
  faults: Record<string, string>;
  onChange: (change: Partial<Plan>) => void;
  autoFocus: boolean;
};

/** One of the records it becomes: made anew and filled in, or one that is here already, or none. */
export function TargetCard({ target, plan, faults, onChange, autoFocus }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const table = useMeta().table.get(target.table);
  if (!table) return null;
  const name = label(table.label);
  const isOut = plan.as === "out";
  const wanted = matchesOf(target)[0]?.id ?? (target.creatable ? "new" : "other");
  return (
    <section className={isOut ? "target out" : "target"} aria-label={name}>
      <h3>
        <TableIcon name={table.settings.icon} />
        {name}
        {plan.as === "new" && matchesOf(target).length === 0 && (
          <button type="button" className="target-other" onClick={() => onChange({ as: "other" })}>
            {t("convert.other")}
          </button>
        )}
        {target.optional && (
          <Checkbox
            checked={!isOut}
            onChange={({ target: box }) => onChange({ as: box.checked ? wanted : "out" })}
            aria-label={t("convert.make", { table: name })}
          />
        )}
      </h3>
      {faults[""] && <Notice tone="cinnabar">{faults[""]}</Notice>}
      {!isOut && <Ways target={target} table={table} plan={plan} onChange={onChange} />}
      {plan.as === "new" && (
        <Fields
          target={target}
          table={table}
          plan={plan}
          faults={faults}
          autoFocus={autoFocus}
          onChange={(key, value) => onChange({ typed: { ...plan.typed, [key]: value } })}
        />
      )}
    </section>
  );
}

type WaysProps = { target: Target; table: Table; plan: Plan; onChange: (change: Partial<Plan>) => void };

/** Which record it is to be. Without anything here already it is a new one, and there is nothing to choose. */
function Ways({ target, table, plan, onChange }: WaysProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const matches = matchesOf(target);
  const name = label(table.label);
  if (matches.length === 0 && plan.as === "new") return null;
  const alike = (key: string) => {
    const field = table.byKey.get(key);
    if (field) return t("convert.same", { field: label(field.label) });
    const other = meta.tables.find((one) => one.key === key);
    return other ? t("convert.through", { table: label(other.label) }) : "";
  };
  const options = [
    ...matches.map(({ id, title, field }) => ({
      value: id,
      label: (
        <>
          {title || `#${id}`} <small className="muted">{alike(field)}</small>
        </>
      ),
    })),
    ...(target.creatable ? [{ value: "new" as const, label: t("convert.new", { table: name }) }] : []),
    { value: "other" as const, label: t("convert.other") },
  ];
  return (
    <>
      <Radio.Group
        className="target-ways"
        aria-label={t("convert.which", { table: name })}
        value={plan.as}
        options={options}
        onChange={({ target: { value } }) => onChange({ as: value })}
      />
      {plan.as === "other" && (
        <LinkPicker
          aria={{ id: `other-${target.link}` }}
          field={{ ...(table.fields[0] as Field), required: true, refers: { table: table.key, many: false } }}
          value={plan.other}
          onChange={(other) => onChange({ other })}
          many={false}
          autoFocus
        />
      )}
    </>
  );
}

type FieldsProps = Omit<WaysProps, "onChange"> & {
  faults: Record<string, string>;
  autoFocus: boolean;
  onChange: (key: string, value: unknown) => void;
};

function Fields({ target, table, plan, faults, autoFocus, onChange }: FieldsProps) {
  const { label } = useFormat();
  const fields = target.fields.flatMap((key) => table.byKey.get(key) ?? []);
  const values = { ...target.values, ...plan.typed };
  const isNewHere = matchesOf(target).length === 0 || Object.keys(plan.typed).length > 0;
  return (
    <>
      {isNewHere && <Duplicates table={table} values={values} except={null} />}
      {fields.map((field, place) => (
        <Labelled key={field.key} label={label(field.label)} required={field.required} fault={faults[field.key]}>
          {(aria) =>
            field.key in target.unseen ? (
              <span className="num">{textOf(target.unseen[field.key]) || "***"}</span>
            ) : field.creatable ? (
              <FieldInput
                aria={aria}
                field={field}
                value={values[field.key]}
                onChange={(value) => onChange(field.key, value)}
                {...(autoFocus && place === 0 ? { autoFocus: true } : {})}
              />
            ) : (
              <FieldCell value={values[field.key]} field={field} />
            )
          }
        </Labelled>
      ))}
    </>
  );
}
