import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Import } from "./use-import";

const MOST_OPTIONS = 8;

/** What else one should know before it begins. */
export function Remarks({ table, wizard }: { table: Table; wizard: Import }) {
  const remarks = useRemarks(table, wizard);
  if (remarks.length === 0) return null;
  return (
    <ul className="import-remarks">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  );
}

function useRemarks(table: Table, { checked, mapping, options }: Import): string[] {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const { user } = useMeta();
  if (!checked) return [];
  const { counts, options_added } = checked;
  const { pool, owner } = table.settings;
  const isNobodys = owner && options.mode !== "update" && !Object.values(mapping).includes(owner);
  const isMine = owner && table.byKey.get(owner)?.default === "@me";
  const whose = pool && user.department !== null ? t("imports.remark.pool") : isMine ? t("imports.remark.mine") : "";
  const added = Object.entries(options_added).flatMap(([key, labels]) => {
    const field = table.byKey.get(key);
    if (!field || labels.length === 0) return [];
    const names = labels.slice(0, MOST_OPTIONS).join(t("imports.comma"));
    const text = { field: label(field.label), names, n: number(labels.length) };
    return [labels.length > MOST_OPTIONS ? t("imports.remark.manyOptions", text) : t("imports.remark.options", text)];
  });
  return [
    ...(isNobodys && whose ? [whose] : []),
    ...added,
    ...(counts.warnings > 0 ? [t("imports.remark.warnings", { n: number(counts.warnings) })] : []),
    ...(counts.unchanged > 0 ? [t("imports.remark.unchanged", { n: number(counts.unchanged) })] : []),
  ];
}
