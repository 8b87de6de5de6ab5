import type { Table } from "./meta";
import type { Rec } from "./records";

/** What a record is called; its number when it has no name. */
export function titleOf({ settings }: Table, record: Rec): string {
  const title = settings.title ? record[settings.title] : null;
  return (typeof title === "string" && title) || (typeof title === "number" && String(title)) || `#${record.id}`;
}
