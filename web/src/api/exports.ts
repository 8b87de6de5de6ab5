import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { store, stored } from "@/lib/stored";
import { z } from "@/lib/zod";
import { call } from "./client";
import { putJob } from "./jobs";

const POLL_MS = 700;
const MOST_KEPT = 50;

const Export = z.object({
  job: z.number(),
  table: z.string(),
  /** Of the file. */
  name: z.string(),
  records: z.number(),
  state: z.enum(["queued", "running", "done", "failed"]),
  /** 0 … 1. */
  progress: z.number(),
  /** Why it failed, for people. */
  error: z.object({ detail: z.string() }).nullish(),
  /** Where the file is fetched once it is whole. */
  url: z.string().nullish(),
  size: z.number().nullish(),
  expires_at: z.string().nullish(),
});
/** A list taken out as a file, in the background. */
export type Export = z.infer<typeof Export>;

const Listed = z.object({ exports: z.array(Export) });

export const exportsKey = ["exports"] as const;

const isRunning = ({ state }: Export) => state === "queued" || state === "running";

/** Mine, newest first; asked for again only while one runs. */
export const exportsQuery = queryOptions({
  queryKey: exportsKey,
  queryFn: async ({ signal }) => Listed.parse(await call("GET", "/exports", { signal })).exports,
  refetchInterval: ({ state }) => (state.data?.some(isRunning) ? POLL_MS : false),
  refetchIntervalInBackground: true,
});

type Asked = Partial<Record<"filter" | "sort" | "search" | "fields" | "format", string | null | undefined>>;

/** Jobs that were asked for on this page, whose files it fetches by itself. */
const awaited = new Set<number>();

export async function startExport(client: QueryClient, table: string, asked: Asked): Promise<void> {
  const body = Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
  awaited.add(putJob(await call("POST", `/tables/${encodeURIComponent(table)}/exports`, { body })));
  await client.invalidateQueries({ queryKey: exportsKey });
}

/** True once for each file that this page waits for. */
export const isAwaited = (job: number) => awaited.delete(job);

export const removeExport = async (client: QueryClient, job: number) => {
  await call("DELETE", `/exports/${job}`);
  await client.invalidateQueries({ queryKey: exportsKey });
};

const FETCHED = "tuoke.exports.fetched";
const Jobs = z.array(z.number());

/** Jobs whose files this browser has fetched. */
export const fetchedJobs = (): readonly number[] => stored(FETCHED, Jobs) ?? [];

export function noteFetched(job: number): void {
  store(FETCHED, [job, ...fetchedJobs().filter((one) => one !== job)].slice(0, MOST_KEPT));
}
