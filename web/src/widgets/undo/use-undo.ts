import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type ChangeSet, changeSetsKey, startUndo } from "@/api/change-sets";
import { faultOf, isOver, jobQuery } from "@/api/jobs";
import { refreshRecords } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { undoneFrom } from "./undone";

/** Takes a change set back and follows the job that does it, also one that was begun before. */
export function useUndo(set: ChangeSet) {
  const client = useQueryClient();
  const { mutate, data: begun, isPending, error: refused } = useMutation({ mutationFn: () => startUndo(set.id) });
  const id = begun ?? set.undo?.job ?? null;
  const { data: job, error: lost } = useQuery({ ...jobQuery(id ?? 0), enabled: id !== null });
  const hasEnded = begun !== undefined && isOver(job);
  useEffect(() => {
    if (!hasEnded) return;
    void refreshRecords(client);
    void client.invalidateQueries({ queryKey: changeSetsKey });
  }, [hasEnded, client]);
  const error = refused ?? lost;
  return {
    start: () => mutate(),
    isRunning: isPending || (id !== null && !isOver(job) && !lost),
    share: job?.progress ?? 0,
    undone: job?.state === "done" ? undoneFrom(job.result) : null,
    why: error ? sentenceOf(error) : faultOf(job),
  };
}
