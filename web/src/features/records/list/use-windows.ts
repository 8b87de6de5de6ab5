import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import type { ListQuery, Rec } from "@/api/records";
import { pagesOf } from "@/lib/visible-rows";
import { useSettled } from "@/ui/use-settled";
import { PAGE_ROWS, pageQuery, searchCountQuery } from "../api";

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

  const counted = useQuery({ ...searchCountQuery(table, query), enabled: !!query.search });

  const lastCount = useRef<number | null>(null);
  const first = answers[0];
  const exact = query.search ? counted.data : first?.data?.count;
  const count = exact ?? lastCount.current;
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
    /** Rows to draw: of a search that is still being counted, those that are there. */
    length: exact ?? first?.data?.records.length ?? count,
    rowAt,
    isCounting: (exact ?? null) === null,
    isFetching: answers.some((answer) => answer.isFetching),
    error: [...answers, counted].find((answer) => answer.error)?.error ?? null,
    retry: () => {
      for (const answer of [...answers, counted]) if (answer.error) void answer.refetch();
    },
  };
}
