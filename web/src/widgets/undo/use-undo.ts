import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { changeSetsKey, startUndo } from "@/api/change-sets";
import { isOver, jobQuery } from "@/api/jobs";
import { refreshRecords } from "@/api/records";
import { z } from "@/lib/zod";

const Conflict = z.object({
  table: z.string().nullish(),
  id: z.number().nullish(),
  title: z.string().nullish(),
  /** Why it was left as it is. */
  detail: z.string().nullish(),
});
export type Conflict = z.infer<typeof Conflict>;

const Undone = z.object({
  /** Records taken back. */
  undone: z.number().default(0),
  conflicts: z.array(Conflict).default([]),
});

/** Takes a change set back and follows the job that does it. */
export function useUndo(changeSet: number) {
  const client = useQueryClient();
  const { mutate, data: id, isPending, error: refused } = useMutation({ mutationFn: () => startUndo(changeSet) });
  const { data: job, error: lost } = useQuery({ ...jobQuery(id ?? 0), enabled: id !== undefined });
  const hasEnded = isOver(job);
  useEffect(() => {
    if (!hasEnded) return;
    void refreshRecords(client);
    void client.invalidateQueries({ queryKey: changeSetsKey });
  }, [hasEnded, client]);
  return {
    start: () => mutate(),
    isRunning: isPending || (id !== undefined && !hasEnded && !lost),
    share: job?.progress ?? 0,
    failed: job?.state === "failed" ? job : null,
    undone: job?.state === "done" ? Undone.parse(job.result ?? {}) : null,
    error: refused ?? lost,
  };
}
