import type { Job } from "@/api/jobs";
import { writeList } from "@/lib/list-url";
import type { Imported } from "./checked";

/** The list of what an import brought: what its author made, or else changed, while it ran. */
export function resultAddress(table: string, { created }: Imported, { created_at, finished_at }: Job): string {
  if (!created_at || !finished_at) return `/t/${table}`;
  const [by, at] = created > 0 ? ["created_by", "created_at"] : ["updated_by", "updated_at"];
  const filter = {
    all: [
      { field: by, op: "eq", value: "@me" },
      { field: at, op: "between", value: [created_at, finished_at] },
    ],
  };
  return `/t/${table}?${writeList({ view: "all", filter, sort: null, columns: null, search: "" })}`;
}
