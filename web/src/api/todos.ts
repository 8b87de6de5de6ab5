import { allOf, type Tree, treeFrom } from "@/lib/filter-tree";
import type { Field, Meta, Table } from "./meta";
import { oncePerTable } from "./once";
import { journalOf, type Relation, relationsTo } from "./relations";
import { type Queue, queueOf } from "./views";

/** The table of promises about records of a table, what makes one open, and what is written to say it is kept. */
export type Todos = Relation & {
  due: Field;
  open: Tree | null;
  kept: Record<string, unknown> | null;
  /** The link that says from which follow-up it was made, by the time agreed on there. */
  madeBy: Field | null;
};

/** The first table of to-dos that links to `key`: one with a due list in which nobody writes what happened. */
export const todosOf = oncePerTable((meta, key): Todos | null => {
  for (const { table, field } of relationsTo(meta, key)) {
    const queue = queueOf(table);
    if (!queue || journalOf(meta, table.key)) continue;
    return {
      table,
      field,
      due: queue.due,
      open: openPart(queue),
      kept: keptPart(queue),
      madeBy: madeByOf(meta, table),
    };
  }
  return null;
});

/** The link of a to-do to what one wrote down; null when there is none. */
export const madeByOf = (meta: Meta, table: Table): Field | null => madeByAt(meta, table.key);

const madeByAt = oncePerTable((meta, key): Field | null => {
  const isJournal = (other: string) => meta.tables.some((one) => journalOf(meta, one.key)?.table.key === other);
  return meta.table.get(key)?.fields.find(({ refers }) => refers && !refers.many && isJournal(refers.table)) ?? null;
});

/** What its due list asks for beside whose it is and until when. */
function openPart({ table, view, due }: Queue): Tree | null {
  const tree = treeFrom(view.filter);
  if (!tree || !("all" in tree)) return null;
  return allOf(
    ...tree.all.filter((part) => !("field" in part && (part.field === due.key || part.field === table.settings.owner))),
  );
}

/** The view called `done` says what a kept promise looks like. */
function keptPart({ table }: Queue): Record<string, unknown> | null {
  const tree = treeFrom(table.settings.views.find(({ key }) => key === "done")?.filter);
  if (!tree || !("field" in tree) || tree.op !== "eq" || !table.rights.update) return null;
  return table.byKey.get(tree.field)?.writable ? { [tree.field]: tree.value } : null;
}
