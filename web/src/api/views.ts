import { allOf, type Tree, treeFrom } from "@/lib/filter-tree";
import type { ListState } from "@/lib/list-url";
import { ordersOf, sortText } from "@/lib/sort";
import type { Field, Table, View } from "./meta";

const LABEL = {
  all: { zh: "全部", en: "All" },
  pool: { zh: "公海", en: "Pool" },
};

/** The views of a table: those it ships, what every list has, and those people saved. */
export function viewsOf(table: Table): View[] {
  const views = [...table.settings.views];
  const has = (key: string) => views.some((view) => view.key === key);
  if (!has("all")) views.unshift({ key: "all", label: LABEL.all });
  const { pool, owner } = table.settings;
  if (pool && owner && table.byKey.has(owner) && !has("pool")) {
    views.push({ key: "pool", label: LABEL.pool, filter: { field: owner, op: "is_empty" } });
  }
  return [...views, ...(table.saved ?? [])];
}

export function viewOf(table: Table, key: string | null): View {
  const views = viewsOf(table);
  const view = views.find((one) => one.key === key) ?? views[0];
  if (!view) throw new Error("A table has no view");
  return view;
}

/** What the list asks the server for. */
export type Shown = { filter: Tree | null; sort: string; search: string; columns: string[] };

const FEW_COLUMNS = 8;

/** The view, and what the address changes of it. */
export function shownBy(table: Table, state: ListState): Shown {
  const view = viewOf(table, state.view);
  return {
    filter: allOf(treeFrom(view.filter), state.filter),
    sort: state.sort ?? viewSort(view),
    search: state.search.trim(),
    columns: columnsOf(table, view, state.columns),
  };
}

export const viewSort = (view: View) => sortText(ordersOf(Array.isArray(view.sort) ? view.sort.join(",") : view.sort));

/** Columns asked for, else the view's, else the table's; what the reader may not see is left out. */
export function columnsOf(table: Table, view: View, asked: readonly string[] | null): string[] {
  const candidates = [asked, view.columns, table.settings.columns, standardColumns(table)];
  const chosen = candidates.map((keys) => known(table, keys ?? [])).find((keys) => keys.length > 0);
  return chosen ?? [];
}

const known = (table: Table, keys: readonly string[]) =>
  [...new Set(keys)].filter((key) => table.byKey.get(key)?.readable);

const standardColumns = (table: Table) =>
  table.fields
    .filter((field) => !field.automatic)
    .slice(0, FEW_COLUMNS)
    .map((field) => field.key);

/** A list of what has to be done by the end of today: the view called `today`, and the moment it is ordered by. */
export type Queue = { table: Table; view: View; due: Field };

export function queueOf(table: Table): Queue | null {
  const view = table.settings.views.find(({ key }) => key === "today");
  const due = view && table.byKey.get(ordersOf(viewSort(view))[0]?.field ?? "");
  const isDue = view && due?.widget === "date-time" && endsToday(treeFrom(view.filter), due.key);
  return isDue ? { table, view, due } : null;
}

/** Whether a filter asks for what lies before a moment; a list of what happened since one is no queue. */
function endsToday(tree: Tree | null, field: string): boolean {
  if (!tree) return false;
  if ("all" in tree) return tree.all.some((part) => endsToday(part, field));
  return "op" in tree && tree.field === field && (tree.op === "lte" || tree.op === "lt");
}
