import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { recordsKey } from "@/api/keys";
import type { Tree } from "@/lib/filter-tree";
import { z } from "@/lib/zod";

/** Which records: those chosen, or all that a list finds. */
export type Target = { filter: Tree | null; search: string };

const Foreseen = z.object({ count: z.number(), matched: z.number(), changing: z.number() });
const Done = z.object({ count: z.number(), change_set: z.number().nullable() });

const at = (table: string) => `/tables/${encodeURIComponent(table)}/records`;

/** What a bulk edit would do. */
export const foreseenQuery = (table: string, target: Target, set: Record<string, unknown>) =>
  queryOptions({
    queryKey: [...recordsKey(table), "foreseen", target, set],
    queryFn: async ({ signal }) =>
      Foreseen.parse(await call("PATCH", at(table), { query: { dry_run: true }, body: { ...target, set }, signal })),
    retry: false,
  });

export const editMany = async (table: string, target: Target, set: Record<string, unknown>) =>
  Done.parse(await call("PATCH", at(table), { body: { ...target, set } }));
