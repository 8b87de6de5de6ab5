import { infiniteQueryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { z } from "@/lib/zod";
import { adminKey } from "../use-write";

const Entry = z.object({
  id: z.number(),
  at: z.string(),
  user: z.number().nullable(),
  action: z.string(),
  facts: z.record(z.string(), z.unknown()),
  ip: z.string(),
});
export type Entry = z.infer<typeof Entry>;

const Page = z.object({ entries: z.array(Entry), next: z.number().nullable() });

export type Wanted = { user?: number; action?: string; since?: string; until?: string };

/** Entries, newest first, page by page. */
export const auditQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: [...adminKey, "audit", wanted],
    queryFn: async ({ pageParam, signal }) =>
      Page.parse(await call("GET", "/audit", { query: { ...wanted, before: pageParam, limit: 50 }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
