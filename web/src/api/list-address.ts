import { treeFrom } from "@/lib/filter-tree";
import { writeList } from "@/lib/list-url";
import type { Table } from "./meta";
import { viewsOf } from "./views";

/** Where a table's list shows exactly the records of a filter: in a view that leaves out nothing by itself. */
export function listAddress(table: Table, filter: unknown, sort: string | null = null): string {
  const whole = viewsOf(table).find((view) => !view.filter);
  const state = { view: whole?.key ?? null, filter: treeFrom(filter), sort, columns: null, search: "" };
  return `/t/${table.key}?${writeList(state)}`;
}
