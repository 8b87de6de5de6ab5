import { queryOptions } from "@tanstack/react-query";
import i18next from "i18next";
import { z } from "@/lib/zod";
import { call } from "./client";
import { ApiError } from "./errors";

const POLL_MS = 500;
const RETRY_MS = 2_000;

const Job = z.object({
  state: z.enum(["queued", "running", "done", "failed"]),
  /** 0 … 1. */
  progress: z.number().default(0),
  result: z.unknown().optional(),
  /** Why it failed, for people. */
  error: z.object({ detail: z.string() }).nullish(),
  created_at: z.string().nullish(),
  finished_at: z.string().nullish(),
});
/** Long work that the server does in the background. */
export type Job = z.infer<typeof Job>;

export const isOver = (job: Job | undefined) => job?.state === "done" || job?.state === "failed";

/** A job, asked for again until it is over; also while the window is hidden, so that coming back shows the end. */
export const jobQuery = (id: number) =>
  queryOptions({
    queryKey: ["jobs", id],
    queryFn: async ({ signal }) => Job.parse(await call("GET", `/jobs/${id}`, { signal })),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : POLL_MS),
    refetchIntervalInBackground: true,
    staleTime: ({ state }) => (isOver(state.data) ? Number.POSITIVE_INFINITY : 0),
    // A moment without network, or a server being restarted, is not the end of the job.
    retry: (_, error) => !(error instanceof ApiError) || error.status >= 500,
    retryDelay: RETRY_MS,
  });

/** Why a job failed; null as long as it did not. */
export function faultOf(job: Job | null | undefined): string | null {
  return job?.state === "failed" ? job.error?.detail || i18next.t("common.failed") : null;
}

const Put = z.object({ job: z.number() });

export const putJob = (answer: unknown): number => Put.parse(answer).job;
