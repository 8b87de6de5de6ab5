import type { Field, Meta, Table, View } from "@/api/meta";
import type { Rec } from "@/api/records";
import { journalOf } from "@/api/relations";
import { titleOf } from "@/api/title";
import { madeByOf } from "@/api/todos";
import { type Queue, queueOf } from "@/api/views";
import { isEmpty, textOf } from "@/widgets/field";
import { linkedOf } from "@/widgets/linked";

/** Somebody who waits to be spoken to: one line, however many things are due with him. */
export type Waiting = {
  table: Table;
  id: number;
  name: string;
  /** His own record, as far as his table's queue carries it. */
  record: Rec | null;
  /** Why one calls, in words. */
  note: string;
  /** What else is due with him. */
  todos: string[];
  /** The earliest of it all; null for somebody nobody has spoken to yet. */
  due: string | null;
};

export const waitingKey = ({ table, id }: { table: Table; id: number }) => `${table.key}/${id}`;

/** The queues of a workspace, in the order of the menu. */
export const queuesOf = (meta: Meta): Queue[] => inMenuOrder(meta).flatMap((table) => queueOf(table) ?? []);

/** Records nobody has spoken to yet: the view called `fresh`. */
export type Fresh = { table: Table; view: View };

export const freshOf = (meta: Meta): Fresh[] =>
  inMenuOrder(meta).flatMap((table) => {
    const view = table.settings.views.find(({ key }) => key === "fresh");
    return view ? [{ table, view }] : [];
  });

const inMenuOrder = (meta: Meta) =>
  [...meta.tables].sort((a, b) => (a.settings.menu ?? 999) - (b.settings.menu ?? 999));

/** The line under a name that says why one calls: the first long text the view shows. */
export const noteOf = ({ table, view }: Fresh): Field | undefined =>
  (view.columns ?? table.settings.columns)
    .flatMap((key) => table.byKey.get(key) ?? [])
    .find((field) => field.widget === "long-text");

/** Links of a to-do that lead to somebody one can write a follow-up for. */
export const targetsOf = (meta: Meta, table: Table): Field[] =>
  journalOf(meta, table.key)
    ? []
    : table.fields.filter((field) => field.refers && !field.refers.many && journalOf(meta, field.refers.table));

type Listed<Source> = { source: Source; records: readonly Rec[] };

/** A to-do on its way into a line. `isMade`: from a follow-up, by the next time agreed on there. */
type Todo = { title: string; due: string; isMade: boolean };
type Gathered = Omit<Waiting, "todos"> & { todos: Todo[] };

/** Everybody with something due, the longest waiting first. */
export function dueOnes(meta: Meta, lists: readonly Listed<Queue>[]): Waiting[] {
  const found = new Map<string, Gathered>();
  for (const { source, records } of lists) {
    for (const record of records) {
      const one = gatheredFrom(meta, source, record);
      const known = found.get(waitingKey(one));
      found.set(waitingKey(one), known ? together(known, one) : one);
    }
  }
  return [...found.values()].map(said).sort((a, b) => moment(a.due) - moment(b.due) || a.id - b.id);
}

const moment = (due: string | null) => (due ? new Date(due).getTime() : 0);

/** The to-do that stands for the next time itself says nothing new. */
function said({ todos, ...one }: Gathered): Waiting {
  const own = one.record && queueOf(one.table)?.due;
  const agreed = own ? textOf(one.record?.[own.key]) : "";
  const others = todos.filter(({ due, isMade }) => !(isMade && due === agreed));
  return { ...one, todos: others.map(({ title }) => title) };
}

function gatheredFrom(meta: Meta, queue: Queue, record: Rec): Gathered {
  const { table } = queue;
  const due = textOf(record[queue.due.key]);
  const madeBy = madeByOf(meta, table);
  for (const field of targetsOf(meta, table)) {
    const [linked] = linkedOf(record[field.key]);
    const other = meta.table.get(field.refers?.table ?? "");
    if (!linked || !other) continue;
    const isMade = madeBy !== null && !isEmpty(record[madeBy.key]);
    const todos = [{ title: titleOf(table, record), due, isMade }];
    return { table: other, id: linked.id, name: linked.title, record: null, note: "", todos, due };
  }
  return { ...ownLine(queue, record), todos: [], due };
}

function together(a: Gathered, b: Gathered): Gathered {
  const own = a.record ? a : b;
  return { ...own, todos: [...a.todos, ...b.todos], due: moment(a.due) <= moment(b.due) ? a.due : b.due };
}

function ownLine(source: Fresh, record: Rec): Waiting {
  const note = noteOf(source);
  return {
    table: source.table,
    id: record.id,
    name: titleOf(source.table, record),
    record,
    note: note ? textOf(record[note.key]) : "",
    todos: [],
    due: null,
  };
}

/** Those nobody has spoken to yet, without those something is due with already. */
export function freshOnes(lists: readonly Listed<Fresh>[], due: readonly Waiting[]): Waiting[] {
  const known = new Set(due.map(waitingKey));
  return lists
    .flatMap(({ source, records }) => records.map((record) => ownLine(source, record)))
    .filter((one) => !known.has(waitingKey(one)));
}
