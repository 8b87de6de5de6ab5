import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { putJob } from "./jobs";

/** Everything cached about change sets hangs below this. */
export const changeSetsKey = ["change-sets"] as const;

const ChangeSet = z.object({
  id: z.number(),
  /** `import`, `bulk_edit`, `undo`, … */
  kind: z.string(),
  /** What it is about; what stands there depends on the kind. */
  label: z.record(z.string(), z.unknown()).default({}),
  table: z.string().nullish(),
  by: z.number().nullish(),
  at: z.string(),
  /** The job that made it, as long as it is remembered. */
  job: z.number().nullish(),
  undoable: z.boolean(),
  undone_at: z.string().nullish(),
  undo: z.object({ job: z.number(), state: z.string() }).nullish(),
});
/** Many changes made as one, which can be taken back as one. */
export type ChangeSet = z.infer<typeof ChangeSet>;

const Listed = z.object({ change_sets: z.array(ChangeSet), next: z.number().nullish() });

const list = async (before: number | null, limit: number, signal: AbortSignal) =>
  Listed.parse(await call("GET", "/change_sets", { query: { before, limit }, signal }));

const PAGE = 50;

/** My change sets, newest first. */
export const changeSetsQuery = infiniteQueryOptions({
  queryKey: [...changeSetsKey, "list"],
  queryFn: ({ pageParam, signal }) => list(pageParam, PAGE, signal),
  initialPageParam: null as number | null,
  getNextPageParam: ({ next }) => next ?? undefined,
});

/** One change set; null when it is not there, or somebody else's. */
export const changeSetQuery = (id: number) =>
  queryOptions({
    queryKey: [...changeSetsKey, id],
    queryFn: async ({ signal }) => (await list(id + 1, 1, signal)).change_sets.find((set) => set.id === id) ?? null,
  });

/** Begins to take a change set back; answers with the job that does it. */
export const startUndo = async (id: number) => putJob(await call("POST", `/changes/${id}/undo`));
