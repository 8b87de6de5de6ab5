import { queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { putJob } from "./jobs";

export const changeSetsKey = ["change-sets"] as const;

const ChangeSet = z.object({
  id: z.number(),
  /** `import`, `bulk_edit`, … */
  kind: z.string(),
  table: z.string().nullish(),
  at: z.string(),
  facts: z.record(z.string(), z.unknown()).default({}),
  undone_at: z.string().nullish(),
});
/** Many changes made as one, which can be taken back as one. */
export type ChangeSet = z.infer<typeof ChangeSet>;

export const changeSetsQuery = queryOptions({
  queryKey: changeSetsKey,
  queryFn: async ({ signal }) =>
    z.object({ change_sets: z.array(ChangeSet) }).parse(await call("GET", "/change_sets", { signal })).change_sets,
});

/** Begins to take a change set back; answers with the job that does it. */
export const startUndo = async (id: number) => putJob(await call("POST", `/changes/${id}/undo`));
