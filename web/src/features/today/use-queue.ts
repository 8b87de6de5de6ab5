import { useQueries, useQuery } from "@tanstack/react-query";
import { useMeta } from "@/api/meta";
import { journalOf } from "@/api/relations";
import { useFormat } from "@/api/use-format";
import { dueOf } from "@/lib/due";
import { contactsQuery, freshQuery, queueQuery } from "./api";
import { dueOnes, freshOf, freshOnes, queuesOf, type Waiting, waitingKey } from "./waiting";

export const PARTS = ["late", "today", "fresh"] as const;
export type Part = (typeof PARTS)[number];

/** Everybody who waits: overdue, due later today, and not yet spoken to. */
export function useQueue() {
  const meta = useMeta();
  const { zone } = useFormat();
  const queues = queuesOf(meta);
  const fresh = freshOf(meta);
  const due = useQueries({ queries: queues.map((queue) => queueQuery(meta, queue)) });
  const news = useQueries({ queries: fresh.map((one) => freshQuery(meta, one)) });
  const now = new Date();
  const all = dueOnes(
    meta,
    queues.map((source, place) => ({ source, records: due[place]?.data?.records ?? [] })),
  );
  const isLate = (one: Waiting) => dueOf(one.due ?? "", now, zone).state === "late";
  const parts: Record<Part, Waiting[]> = {
    late: all.filter(isLate),
    today: all.filter((one) => !isLate(one)),
    fresh: freshOnes(
      fresh.map((source, place) => ({ source, records: news[place]?.data?.records ?? [] })),
      all,
    ),
  };
  const answers = [...due, ...news];
  return {
    parts,
    /** New ones beyond those that were loaded. */
    moreFresh: news.reduce((sum, { data }) => sum + Math.max(0, (data?.count ?? 0) - (data?.records.length ?? 0)), 0),
    isPending: answers.some((answer) => answer.isPending),
    error: answers.find((answer) => answer.error)?.error ?? null,
    prints: useContacts([...all, ...parts.fresh]),
    now,
  };
}

export type Queue = ReturnType<typeof useQueue>;

/** When each of them was spoken to, by their key; those of the table most of them belong to. */
function useContacts(all: readonly Waiting[]): ReadonlyMap<string, string[]> {
  const meta = useMeta();
  const first = all[0]?.table;
  const ids = all.filter(({ table }) => table === first).map(({ id }) => id);
  const { data } = useQuery(
    contactsQuery(
      first ? journalOf(meta, first.key) : null,
      [...ids].sort((a, b) => a - b),
    ),
  );
  const found = new Map<string, string[]>();
  if (first) for (const id of ids) found.set(waitingKey({ table: first, id }), data?.get(id) ?? []);
  return found;
}
