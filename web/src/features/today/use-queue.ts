import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Meta, useMeta } from "@/api/meta";
import type { Listed } from "@/api/records";
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
  const asked = useMemo(
    () => ({
      due: queuesOf(meta).map((queue) => queueQuery(meta, queue)),
      news: freshOf(meta).map((one) => freshQuery(meta, one)),
    }),
    [meta],
  );
  const due = useQueries({ queries: asked.due, combine: together });
  const news = useQueries({ queries: asked.news, combine: together });
  // Worked out when something was answered, not at every key: of two hundred lines one has changed.
  const { parts, all, now } = useMemo(() => sorted(meta, zone, due, news), [meta, zone, due, news]);
  const moreFresh = news.lists.reduce(
    (sum, one) => sum + Math.max(0, (one?.count ?? 0) - (one?.records.length ?? 0)),
    0,
  );
  return {
    parts,
    /** New ones beyond those that were loaded. */
    moreFresh,
    isPending: due.isPending || news.isPending,
    error: due.error ?? news.error,
    prints: useContacts(all),
    now,
  };
}

export type Queue = ReturnType<typeof useQueue>;

type Answers = { lists: (Listed | undefined)[]; isPending: boolean; error: Error | null; at: number };

/** What was answered, the same as before while nothing else was; `at` moves with every answer, as time does. */
const together = (answers: UseQueryResult<Listed>[]): Answers => ({
  lists: answers.map(({ data }) => data),
  isPending: answers.some((answer) => answer.isPending),
  error: answers.find(({ error }) => error)?.error ?? null,
  at: Math.max(0, ...answers.map(({ dataUpdatedAt }) => dataUpdatedAt)),
});

function sorted(meta: Meta, zone: string, due: Answers, news: Answers) {
  const now = new Date();
  const listed = <Source>(sources: Source[], { lists }: Answers) =>
    sources.map((source, place) => ({ source, records: lists[place]?.records ?? [] }));
  const waiting = dueOnes(meta, listed(queuesOf(meta), due));
  const isLate = (one: Waiting) => dueOf(one.due ?? "", now, zone).state === "late";
  const parts: Record<Part, Waiting[]> = {
    late: waiting.filter(isLate),
    today: waiting.filter((one) => !isLate(one)),
    fresh: freshOnes(listed(freshOf(meta), news), waiting),
  };
  return { parts, all: [...waiting, ...parts.fresh], now };
}

const NEVER: string[] = [];

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
  if (first) for (const id of ids) found.set(waitingKey({ table: first, id }), data?.get(id) ?? NEVER);
  return found;
}
