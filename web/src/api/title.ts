import { formatPhone } from "@/lib/format";
import type { Table } from "./meta";
import type { Rec } from "./records";

/** What a record is called; its number when it has no name. */
export function titleOf({ settings, byKey }: Table, record: Rec): string {
  const title = settings.title ? record[settings.title] : null;
  if (typeof title === "string" && byKey.get(settings.title ?? "")?.widget === "phone") return formatPhone(title);
  return (typeof title === "string" && title) || (typeof title === "number" && String(title)) || `#${record.id}`;
}
