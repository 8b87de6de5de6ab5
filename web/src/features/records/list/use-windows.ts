import { useQueries } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import type { ListQuery, Rec } from "@/api/records";
import { pagesOf } from "@/lib/visible-rows";
import { useSettled } from "@/ui/use-settled";
import { PAGE_ROWS, pageQuery } from "../api";

const SCROLL_SETTLED_MS = 90;

type Range = { first: number; end: number };

/** The rows of a list by their place, of which only the windows in sight are fetched, and how many there are. */
export function useWindows(table: string, query: ListQuery, range: Range) {
  const pages = [...new Set([0, ...pagesOf(range, PAGE_ROWS)])];
  // Pages flown over while scrolling fast are not asked for; what is known already is shown at once.
  const wanted = useSettled(pages.join(","), SCROLL_SETTLED_MS).split(",").map(Number);
  const answers = useQueries({
    queries: pages.map((page) => ({
      ...pageQuery(table, query, page),
      enabled: page === 0 || wanted.includes(page),
    })),
  });

  const lastCount = useRef<number | null>(null);
  const first = answers[0];
  const count = first?.data?.count ?? lastCount.current;
  lastCount.current = count;

  const rows = new Map(answers.map((answer, place) => [pages[place], answer.data?.records]));
  const known = useRef(rows);
  known.current = rows;
  const rowAt = useCallback(
    (index: number): Rec | undefined => known.current.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
    [],
  );
  return {
    count,
    rowAt,
    isCounting: first?.data === undefined,
    isFetching: answers.some((answer) => answer.isFetching),
    error: answers.find((answer) => answer.error)?.error ?? null,
    retry: () => {
      for (const answer of answers) if (answer.error) void answer.refetch();
    },
  };
}
