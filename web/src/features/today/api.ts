import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { recordsKey } from "@/api/keys";
import type { Field, Meta, Table } from "@/api/meta";
import { listRecords } from "@/api/records";
import { journalOf } from "@/api/relations";
import { type Queue, viewSort } from "@/api/views";
import { allOf, treeFrom } from "@/lib/filter-tree";

const MOST = 200;

/** The line under a name that says why one calls: the first long text the view shows. */
export const noteOf = ({ table, view }: Queue): Field | undefined =>
  (view.columns ?? table.settings.columns)
    .flatMap((key) => table.byKey.get(key) ?? [])
    .find((field) => field.widget === "long-text");

/** Links of a to-do that lead to somebody one can write a follow-up for. */
export const targetsOf = (meta: Meta, table: Table): Field[] =>
  journalOf(meta, table.key)
    ? []
    : table.fields.filter((field) => field.refers && !field.refers.many && journalOf(meta, field.refers.table));

export const queueQuery = (meta: Meta, queue: Queue) => {
  const { table, view, due } = queue;
  const { title, subtitle, stage } = table.settings;
  const keys = [title, subtitle, stage, due.key, noteOf(queue)?.key, ...targetsOf(meta, table).map(({ key }) => key)];
  const fields = [...new Set(keys.filter((key): key is string => !!key))];
  return queryOptions({
    queryKey: [...recordsKey(table.key), "today", fields],
    queryFn: ({ signal }) =>
      listRecords(
        table.key,
        { filter: view.filter, sort: viewSort(view), fields, limit: MOST, count: "exact" },
        signal,
      ),
    placeholderData: keepPreviousData,
    // Time passes: what was ahead falls due without anybody changing it.
    refetchInterval: 60_000,
  });
};

/** How many of a queue are overdue, exactly. */
export const lateQuery = ({ table, view, due }: Queue) =>
  queryOptions({
    queryKey: [...recordsKey(table.key), "late"],
    queryFn: ({ signal }) =>
      listRecords(
        table.key,
        {
          filter: allOf(treeFrom(view.filter), { field: due.key, op: "lt", value: "@now" }),
          fields: ["id"],
          limit: 1,
          count: "exact",
        },
        signal,
      ),
    refetchInterval: 60_000,
  });

/** How many follow-ups I have written today. */
export const doneQuery = (journal: Table | null) =>
  queryOptions({
    queryKey: [...recordsKey(journal?.key ?? ""), "done today"],
    queryFn: ({ signal }) => {
      if (!journal) throw new Error("There is no journal");
      const { owner, timeline } = journal.settings;
      const filter = allOf(
        timeline ? { field: timeline, op: "gte", value: "@today" } : null,
        owner ? { field: owner, op: "eq", value: "@me" } : null,
      );
      return listRecords(journal.key, { filter, fields: ["id"], limit: 1, count: "exact" }, signal);
    },
    enabled: journal !== null,
  });
