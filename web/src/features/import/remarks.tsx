import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { filledOf } from "./mapping";
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
  const { user, department } = useMeta();
  if (!checked) return [];
  const { counts, options_added } = checked;
  const { pool, owner } = table.settings;
  const set = filledOf(options.set);
  const isNobodys = owner && options.mode !== "update" && !Object.values(mapping).includes(owner) && !(owner in set);
  const given = table.settings.department ? set[table.settings.department] : undefined;
  const home = typeof given === "number" ? given : user.department;
  const isMine = owner && table.byKey.get(owner)?.default === "@me";
  const poolOf = pool && home !== null ? department.get(home)?.name : undefined;
  const whose = poolOf ? t("imports.remark.pool", { department: poolOf }) : isMine ? t("imports.remark.mine") : "";
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
