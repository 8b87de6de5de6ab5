import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "@/api/client";
import { recordKey, recordsKey } from "@/api/keys";
import { type ListQuery, listRecords, recordQuery } from "@/api/records";
import { z } from "@/lib/zod";

export const PAGE_ROWS = 100;

/** One window of a list. The first also counts, exactly; not of a search, whose count takes longer than its hits. */
export const pageQuery = (table: string, query: ListQuery, page: number) =>
  queryOptions({
    queryKey: [...recordsKey(table), "list", query, page],
    queryFn: ({ signal }) =>
      listRecords(
        table,
        { ...query, limit: PAGE_ROWS, offset: page * PAGE_ROWS, count: page === 0 && !query.search ? "exact" : "none" },
        signal,
      ),
  });

/** How many records a search finds: asked beside its first window, so that hits do not wait for it. */
export const searchCountQuery = (table: string, query: ListQuery) =>
  queryOptions({
    queryKey: [...recordsKey(table), "count", query],
    queryFn: async ({ signal }) =>
      (await listRecords(table, { ...query, sort: undefined, fields: ["id"], limit: 1, count: "exact" }, signal)).count,
  });

export const useRecord = (table: string, id: number) => useQuery(recordQuery(table, id));

const Change = z.object({ field: z.string(), from: z.unknown(), to: z.unknown() });
export type Change = z.infer<typeof Change>;

const Entry = z.object({
  kind: z.string(),
  what: z.string().nullish(),
  table: z.string(),
  id: z.number(),
  at: z.string(),
  by: z.number().nullish(),
  record: z.record(z.string(), z.unknown()).nullish(),
  changes: z.array(Change).nullish(),
});
export type Entry = z.infer<typeof Entry>;

const Timeline = z.object({
  entries: z.array(Entry),
  next: z.union([z.string(), z.number()]).nullish(),
});

const TIMELINE_ENTRIES = 30;

async function readTimeline(table: string, id: number, before: string | number | null, signal: AbortSignal) {
  const query = { limit: TIMELINE_ENTRIES, before };
  return Timeline.parse(await call("GET", `/tables/${table}/records/${id}/timeline`, { query, signal }));
}

/** What happened with a record, the newest first. */
export const timelineQuery = (table: string, id: number) =>
  infiniteQueryOptions({
    queryKey: [...recordKey(table, id), "timeline"],
    queryFn: ({ pageParam, signal }) => readTimeline(table, id, pageParam, signal),
    initialPageParam: null as string | number | null,
    getNextPageParam: (page) => page.next ?? null,
  });

const Past = z.object({
  at: z.string(),
  by: z.number().nullish(),
  kind: z.string(),
  note: z.string().nullish(),
  changes: z.array(Change).default([]),
});
export type Past = z.infer<typeof Past>;

export const useHistory = (table: string, id: number) =>
  useQuery({
    queryKey: [...recordKey(table, id), "history"],
    queryFn: async ({ signal }) =>
      z
        .object({ entries: z.array(Past) })
        .parse(await call("GET", `/tables/${table}/records/${id}/history`, { signal })).entries,
  });

const Duplicates = z.object({
  duplicates: z.array(
    z.object({ id: z.number().nullish(), title: z.string().nullish(), visible: z.boolean(), field: z.string() }),
  ),
});

/** Records that are the same as the one being typed. */
export const useDuplicates = (table: string, values: Record<string, unknown>, except: number | null) =>
  useQuery({
    queryKey: [...recordsKey(table), "duplicates", values, except],
    queryFn: async ({ signal }) =>
      Duplicates.parse(
        await call("POST", `/tables/${table}/duplicates`, {
          body: { values, ...(except === null ? {} : { except }) },
          signal,
        }),
      ).duplicates,
    enabled: Object.keys(values).length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
