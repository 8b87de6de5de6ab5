import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/meta";
import { departmentPath, useMeta } from "@/api/meta";
import { takesOf } from "@/lib/operators";
import { TextBox } from "@/ui/text-box";
import { useChoiceOptions } from "@/widgets/choice";
import { textOf } from "@/widgets/field";
import { FieldInput } from "@/widgets/field-input";
import { LinkPicker } from "@/widgets/link-picker";
import { isTimed } from "./field-operators";

type Props = { field: Field; op: string; value: unknown; onChange: (value: unknown) => void };

/** The box a condition's value is given in: by what the comparison takes, then by the kind of field. */
export function ValueBox(props: Props) {
  const { t } = useTranslation();
  const { field, op, value, onChange } = props;
  switch (takesOf(op)) {
    case "nothing":
    case null:
      return null;
    case "text":
      return <TextBox value={textOf(value)} onSettled={onChange} aria-label={t("records.value")} allowClear />;
    case "two":
      return <Range {...props} />;
    case "many":
      return isLink(field) ? <Linked {...props} /> : <Several {...props} />;
    case "one":
      if (isTimed(field)) return <Day value={textOf(value)} onChange={onChange} />;
      if (field.widget === "user" || field.widget === "department" || field.widget === "dropdown") {
        return <Several {...props} single />;
      }
      if (field.widget === "multi-select") return <Several {...props} single />;
      return <One {...props} />;
  }
}

function One({ field, value, onChange }: Props) {
  const { t } = useTranslation();
  if (["text", "long-text", "phone", "email"].includes(field.widget)) {
    return <TextBox value={textOf(value)} onSettled={onChange} aria-label={t("records.value")} allowClear />;
  }
  // A link's value is shown with its title but asked for by its id.
  const settle = (next: unknown) => onChange(field.refers && next !== null ? (next as { id: number }).id : next);
  return (
    <FieldInput
      aria={{ id: `value-${field.key}` }}
      field={{ ...field, required: true }}
      value={value}
      onChange={settle}
    />
  );
}

/** A field that links to records, not to people or departments. */
const isLink = ({ refers }: Field) => Boolean(refers && !refers.table.startsWith("@"));

/** Several linked records: shown with their titles, asked for by their ids. */
function Linked({ field, value, onChange }: Props) {
  return (
    <LinkPicker
      aria={{ id: `value-${field.key}` }}
      field={{ ...field, required: true }}
      value={value}
      onChange={(next) => onChange((next as { id: number }[]).map(({ id }) => id))}
      many
    />
  );
}

function Range({ field, value, onChange }: Props) {
  const [from, to] = Array.isArray(value) ? value : [null, null];
  if (isTimed(field)) {
    const day = (part: unknown) => (textOf(part) ? dayjs(textOf(part)) : null);
    return (
      <DatePicker.RangePicker
        style={{ width: "100%" }}
        value={[day(from), day(to)]}
        onChange={(days) => onChange(days ? days.map((one) => one?.format("YYYY-MM-DD") ?? null) : null)}
      />
    );
  }
  return (
    <div className="condition-range">
      <FieldInput
        aria={{ id: `from-${field.key}` }}
        field={field}
        value={from}
        onChange={(next) => onChange([next, to])}
      />
      <span>–</span>
      <FieldInput
        aria={{ id: `to-${field.key}` }}
        field={field}
        value={to}
        onChange={(next) => onChange([from, next])}
      />
    </div>
  );
}

/** One or several of a known set; for free text, whatever is typed. */
function Several({ field, value, onChange, single = false }: Props & { single?: boolean }) {
  const { t } = useTranslation();
  const options = useKnown(field);
  const mode = single ? {} : { mode: options ? ("multiple" as const) : ("tags" as const) };
  const chosen = single ? (value ?? null) : Array.isArray(value) ? value : [];
  return (
    <Select
      {...mode}
      style={{ width: "100%" }}
      aria-label={t("records.value")}
      value={chosen}
      options={options ?? []}
      showSearch={{ optionFilterProp: "text" }}
      maxTagCount="responsive"
      placeholder={t("common.select")}
      onChange={onChange}
    />
  );
}

/** What may be chosen for a field, or null when it is not chosen from a set. */
function useKnown(field: Field): { value: unknown; text: string; label: React.ReactNode }[] | null {
  const { t } = useTranslation();
  const meta = useMeta();
  const choices = useChoiceOptions(field);
  if (field.widget === "dropdown" || field.widget === "multi-select") return choices;
  if (field.widget === "user") {
    const me = { value: "@me", text: t("records.me"), label: t("records.me") };
    return [me, ...meta.users.map(({ id, name }) => ({ value: id, text: name, label: name }))];
  }
  if (field.widget === "department") {
    const mine = { value: "@my_department", text: t("records.myDepartment"), label: t("records.myDepartment") };
    const all = meta.departments.map(({ id }) => ({
      value: id,
      text: departmentPath(meta, id),
      label: departmentPath(meta, id),
    }));
    return [mine, ...all];
  }
  return null;
}

const FIXED = "fixed";

/** A day said in words, or a date. */
function Day({ value, onChange }: { value: string; onChange: (value: unknown) => void }) {
  const { t } = useTranslation();
  const words = t("filter.day", { returnObjects: true }) as Record<string, string>;
  const isWord = value.startsWith("@");
  const isDate = /^\d{4}-/.test(value);
  const options = [
    ...Object.entries(words).map(([key, label]) => ({ value: `@${key}`, label })),
    { value: FIXED, label: t("records.fixedDay") },
  ];
  return (
    <div className="condition-range">
      <Select
        style={{ width: "100%" }}
        aria-label={t("records.value")}
        value={isWord ? value : isDate ? FIXED : null}
        placeholder={t("common.select")}
        options={options}
        onChange={(next) => onChange(next === FIXED ? dayjs().format("YYYY-MM-DD") : next)}
      />
      {isDate && (
        <DatePicker
          style={{ width: "100%" }}
          allowClear={false}
          value={dayjs(value.slice(0, 10))}
          onChange={(day) => onChange(day?.format("YYYY-MM-DD") ?? null)}
        />
      )}
    </div>
  );
}
