import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { useSettled } from "@/ui/use-settled";
import { isEmpty } from "@/widgets/field";
import { useDuplicates } from "../api";
import { recordAddress } from "../record/whereabouts";
import { sent } from "./fields-of-form";

const SHORTEST = 2;
const SETTLED_MS = 400;

type Props = { table: Table; values: Record<string, unknown>; except: number | null };

/** Warns while one is still typing that this customer may be here already. */
export function Duplicates({ table, values, except }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { match } = table.settings;
  const keys = [...match, ...table.fields.filter((field) => field.unique).map((field) => field.key)];
  const asked = keys.filter((key) => !isEmpty(values[key]) && String(values[key]).trim().length >= SHORTEST);
  const settled = useSettled(
    JSON.stringify(sent(Object.fromEntries(asked.map((key) => [key, values[key]])))),
    SETTLED_MS,
  );
  const { data = [] } = useDuplicates(table.key, JSON.parse(settled), except);
  if (asked.length === 0 || data.length === 0) return null;

  const field = table.byKey.get(data[0]?.field ?? "");
  const words = { table: label(table.label), field: field ? label(field.label) : "" };
  const seen = data.filter(({ visible }) => visible);
  if (seen.length === 0) return <Notice tone="amber">{t("records.duplicateHidden", words)}</Notice>;
  return (
    <Notice tone="amber">
      {t("records.duplicate", words)}{" "}
      {seen.map(({ id, title }) => (
        <Link key={id} to={recordAddress(table.key, id ?? 0)} target="_blank" className="duplicate">
          {title || `#${id}`}
        </Link>
      ))}
    </Notice>
  );
}
