import { queryOptions } from "@tanstack/react-query";
import type { Language } from "@/lib/i18n";
import { z } from "@/lib/zod";
import { call } from "./client";
import { ApiError } from "./errors";

const POLL_MS = 500;
const RETRY_MS = 2_000;

const Fault = z.union([
  z.object({ zh: z.string(), en: z.string() }),
  z.object({ detail: z.string() }).transform(({ detail }) => ({ zh: detail, en: detail })),
]);

const Job = z.object({
  state: z.enum(["queued", "running", "done", "failed"]),
  /** 0 … 1. */
  progress: z.number().default(0),
  result: z.unknown().optional(),
  error: Fault.nullish(),
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

/** Why a job failed, in the language of the screen; empty when it did not say. */
export const faultOf = (job: Job, language: Language) => job.error?.[language] ?? "";

const Put = z.object({ job: z.number() });

export const putJob = (answer: unknown): number => Put.parse(answer).job;
