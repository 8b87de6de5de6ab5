import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import type { ListQuery, Rec } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { PAGE_ROWS, pageQuery } from "../api";

/** Ten sheets and more: who wants all of a long list wants a file. */
const MOST_ROWS = 500;
const PAGES = MOST_ROWS / PAGE_ROWS;

/** The list's rows from the first on without a gap, as far as this browser has them. */
export function knownRows(client: QueryClient, table: string, query: ListQuery): Rec[] {
  const rows: Rec[] = [];
  for (let page = 0; page < PAGES; page++) {
    const known = client.getQueryData(pageQuery(table, query, page).queryKey)?.records ?? [];
    rows.push(...known);
    if (known.length < PAGE_ROWS) break;
  }
  return rows;
}

/** Fetches what is to be printed, then prints. */
export function usePrintList(table: string, query: ListQuery, count: number | null): () => void {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { mutate } = useMutation({
    mutationFn: () => {
      const pages = Math.max(1, Math.min(PAGES, Math.ceil((count ?? MOST_ROWS) / PAGE_ROWS)));
      return Promise.all(Array.from({ length: pages }, (_, page) => client.fetchQuery(pageQuery(table, query, page))));
    },
    onSuccess: () => window.print(),
    onError: (error) => message.error(sentenceOf(error)),
  });
  return () => mutate();
}
