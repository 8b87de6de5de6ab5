import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import type { DesignTable } from "../api";

/** Names the fields of a speed-up as people know them: `城市、创建时间（从新到旧）`. */
export function useColumns(table: DesignTable): (columns: readonly string[]) => string {
  const { t } = useTranslation();
  const { label } = useFormat();
  const one = (column: string) => {
    const key = column.replace(/^-/, "");
    const field = table.fields.find((known) => known.key === key);
    const name = field ? label(field.label) : key;
    return column === key ? name : t("indexes.descending", { name });
  };
  return (columns) => columns.map(one).join(t("indexes.comma"));
}
