import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { putJob } from "@/api/jobs";
import { z } from "@/lib/zod";
import { adminKey } from "../../use-write";

const Index = z.object({
  name: z.string(),
  /** `-` in front: from large to small. */
  columns: z.array(z.string()),
  valid: z.boolean(),
  unique: z.boolean(),
  own: z.boolean(),
  bytes: z.number(),
  scans: z.number(),
});
export type Index = z.infer<typeof Index>;

const Proposal = z.object({
  columns: z.array(z.string()),
  included: z.array(z.string()),
  reason: z.string(),
  times: z.number(),
  last_ms: z.number(),
  worst_ms: z.number(),
  last_at: z.string(),
});
export type Proposal = z.infer<typeof Proposal>;

const Indexes = z.object({ indexes: z.array(Index), proposed: z.array(Proposal) });

const BUILDING_MS = 3_000;
const at = (table: string, tail = "") => `/tables/${encodeURIComponent(table)}/indexes${tail}`;

/** The speed-ups a table has, and those that would help; asked again while one is being built. */
export const indexesQuery = (table: string) =>
  queryOptions({
    queryKey: [...adminKey, "indexes", table],
    queryFn: async ({ signal }) => Indexes.parse(await call("GET", at(table), { signal })),
    refetchInterval: ({ state }) => (state.data?.indexes.some(({ valid }) => !valid) ? BUILDING_MS : false),
  });

/** Builds in the background; the job. */
export const createIndex = async ({ table, ...body }: { table: string; columns: string[]; included?: string[] }) =>
  putJob(await call("POST", at(table), { body }));

export const dropIndex = async ({ table, name }: { table: string; name: string }) =>
  putJob(await call("DELETE", at(table, `/${encodeURIComponent(name)}`)));
