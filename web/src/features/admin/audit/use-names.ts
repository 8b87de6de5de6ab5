import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Names } from "./words";

/** How the ids and keys in an entry are called, and how values are written. */
export function useAuditNames() {
  const { t, i18n } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const role = (key: string) => {
    const found = meta.roles.find((one) => one.key === key);
    return found ? label(found.label) : key;
  };
  const names: Names = {
    person: (id) => meta.person.get(id)?.name ?? "",
    department: (id) => meta.department.get(id)?.name ?? `#${id}`,
    role,
    table: (key) => {
      const table = meta.table.get(key);
      return table ? label(table.label) : key;
    },
    field: (table, key) => {
      const field = meta.table.get(table)?.byKey.get(key);
      return field ? label(field.label) : key;
    },
    label,
  };
  const write = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("audit.nothing");
    if (typeof value === "boolean") return value ? t("common.yes") : t("common.no");
    if (Array.isArray(value)) return value.map((one) => role(String(one))).join("、") || t("audit.nothing");
    if ((name === "department" || name === "parent") && typeof value === "number") return names.department(value);
    return String(value);
  };
  const nameOf = (key: string) => (i18n.exists(`audit.names.${key}`) ? t(`audit.names.${key as "name"}`) : key);
  return { names, write, nameOf };
}
