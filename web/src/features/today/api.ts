import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { CALL } from "@/api/calls";
import { recordsKey } from "@/api/keys";
import type { Meta, Table } from "@/api/meta";
import { listRecords } from "@/api/records";
import type { Relation } from "@/api/relations";
import { madeByOf } from "@/api/todos";
import { type Queue, viewSort } from "@/api/views";
import { allOf } from "@/lib/filter-tree";
import { textOf } from "@/widgets/field";
import { linkedOf } from "@/widgets/linked";
import { type Fresh, noteOf, targetsOf } from "./waiting";

const MOST = 200;
const MINUTE_MS = 60_000;

function fieldsOf(meta: Meta, source: Fresh, due: string | null): string[] {
  const { table } = source;
  const { title, subtitle, stage } = table.settings;
  const links = [...targetsOf(meta, table), madeByOf(meta, table)].map((field) => field?.key);
  const keys = [title, subtitle, stage, due, noteOf(source)?.key, ...links];
  return [...new Set(keys.filter((key): key is string => !!key))];
}

export const queueQuery = (meta: Meta, queue: Queue) => {
  const fields = fieldsOf(meta, queue, queue.due.key);
  return queryOptions({
    ...viewQuery(queue, "today", fields),
    // Time passes: what was ahead falls due without anybody changing it.
    refetchInterval: MINUTE_MS,
  });
};

export const freshQuery = (meta: Meta, fresh: Fresh) => viewQuery(fresh, "fresh", fieldsOf(meta, fresh, null));

const viewQuery = ({ table, view }: Fresh, name: string, fields: string[]) =>
  queryOptions({
    queryKey: [...recordsKey(table.key), name, fields],
    queryFn: ({ signal }) =>
      listRecords(
        table.key,
        { filter: view.filter, sort: viewSort(view), fields, limit: MOST, count: "exact" },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

/** How many follow-ups I have written today. */
export const doneQuery = (journal: Table | null) =>
  queryOptions({
    queryKey: [...recordsKey(journal?.key ?? ""), "done today"],
    queryFn: ({ signal }) => countMine(journal, null, signal),
    enabled: journal !== null,
  });

/** How many of my calls of today have ended, and how many of these reached somebody. */
export const reachedQuery = (calls: Table | undefined) =>
  queryOptions({
    queryKey: [...recordsKey(CALL), "reached today"],
    queryFn: async ({ signal }) => {
      const [ended, reached] = await Promise.all([
        countMine(calls, { field: "state", op: "eq", value: "ended" }, signal),
        countMine(calls, { field: "outcome", op: "eq", value: "connected" }, signal),
      ]);
      return { ended, reached };
    },
    enabled: calls !== undefined,
  });

async function countMine(
  table: Table | null | undefined,
  only: { field: string; op: string; value: unknown } | null,
  signal: AbortSignal,
): Promise<number> {
  if (!table) throw new Error("There is nothing to count");
  const { owner, timeline } = table.settings;
  const filter = allOf(
    timeline ? { field: timeline, op: "gte", value: "@today" } : null,
    owner ? { field: owner, op: "eq", value: "@me" } : null,
    only,
  );
  return (await listRecords(table.key, { filter, fields: ["id"], limit: 1, count: "exact" }, signal)).count ?? 0;
}

const MOST_CONTACTS = 1000;
export const PRINT_DAYS = 90;

/** When which of these people were spoken to lately; one request for the whole queue. */
export const contactsQuery = (journal: Relation | null, ids: readonly number[]) =>
  queryOptions({
    queryKey: [...recordsKey(journal?.table.key ?? ""), "prints", journal?.field.key, ids],
    queryFn: async ({ signal }) => {
      const moment = journal?.table.settings.timeline;
      if (!journal || !moment) throw new Error("There is no journal");
      const { records } = await listRecords(
        journal.table.key,
        {
          filter: {
            all: [
              { field: journal.field.key, op: "in", value: ids },
              { field: moment, op: "gte", value: `@last_${PRINT_DAYS}_days` },
            ],
          },
          fields: [moment, journal.field.key],
          sort: `-${moment}`,
          limit: MOST_CONTACTS,
          count: "none",
        },
        signal,
      );
      const found = new Map<number, string[]>();
      for (const record of records) {
        for (const { id } of linkedOf(record[journal.field.key])) {
          found.set(id, [...(found.get(id) ?? []), textOf(record[moment])]);
        }
      }
      return found;
    },
    enabled: journal !== null && !journal.field.refers?.many && ids.length > 0,
    placeholderData: keepPreviousData,
    staleTime: MINUTE_MS,
  });
