import { queryOptions } from "@tanstack/react-query";
import { journalFields } from "@/api/journal-fields";
import { recordsKey } from "@/api/keys";
import { listRecords } from "@/api/records";
import type { Relation } from "@/api/relations";
import type { Todos } from "@/api/todos";
import { allOf } from "@/lib/filter-tree";

const linkFilter = ({ field }: Relation, id: number) => ({
  field: field.key,
  op: field.refers?.many ? "has" : "eq",
  value: id,
});

/** What was last said with somebody. */
export const lastWordsQuery = (journal: Relation, id: number) => {
  const { table, field } = journal;
  const { timeline, owner } = table.settings;
  const { text, usual } = journalFields(table);
  const fields = [timeline, owner, text?.key, ...usual.map(({ key }) => key)].filter((key): key is string => !!key);
  return queryOptions({
    queryKey: [...recordsKey(table.key), "last words", field.key, id],
    queryFn: async ({ signal }) => {
      const query = { filter: linkFilter(journal, id), sort: `-${timeline}`, fields, limit: 1, count: "none" as const };
      return (await listRecords(table.key, query, signal)).records[0] ?? null;
    },
  });
};

const MOST_TODOS = 3;

/** What was promised and not yet done, the next due first; those without a moment last. */
export const openTodosQuery = (todos: Todos, id: number) => {
  const { table, field, due, open, madeBy } = todos;
  const { title, owner } = table.settings;
  const fields = [title, owner, due.key, madeBy?.key].filter((key): key is string => !!key);
  return queryOptions({
    queryKey: [...recordsKey(table.key), "open todos", field.key, id],
    queryFn: ({ signal }) =>
      listRecords(
        table.key,
        { filter: allOf(linkFilter(todos, id), open), sort: due.key, fields, limit: MOST_TODOS, count: "exact" },
        signal,
      ),
  });
};
