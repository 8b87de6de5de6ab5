import type { Label } from "@/lib/i18n";
import type { NewTable } from "./api";

type Wanted = { key: string; label: Label; icon: string; isOwned: boolean; isPooled: boolean };

/** A new table that can be used at once: records have a name and, when wanted, an owner and a pool. */
export function firstTable(wanted: Wanted, labelOf: (key: "name" | "owner" | "department") => Label): NewTable {
  const { key, label, icon, isOwned, isPooled } = wanted;
  const name = { key: "name", type: "text", label: labelOf("name"), required: true };
  const owner = { key: "owner", type: "user", label: labelOf("owner"), default: "@me" };
  const department = { key: "department", type: "department", label: labelOf("department"), default: "@my_department" };
  return {
    key,
    label,
    fields: isOwned ? [name, owner, department] : [name],
    settings: {
      title: "name",
      icon,
      columns: isOwned ? ["name", "owner", "created_at"] : ["name", "created_at"],
      ...(isOwned ? { owner: "owner", department: "department", pool: isPooled, tracked: ["owner"] } : {}),
    },
  };
}
