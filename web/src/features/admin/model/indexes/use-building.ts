import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { faultOf, isOver, jobQuery } from "@/api/jobs";
import { adminKey, useWrite } from "../../use-write";

/** A piece of work in the background, and what came of the last one. */
export function useBuilding<Asked extends { columns: string[] }>(put: (asked: Asked) => Promise<number>) {
  const client = useQueryClient();
  const [id, setId] = useState<number | null>(null);
  const { data: job } = useQuery({ ...jobQuery(id ?? 0), enabled: id !== null });
  const { mutate, error, isPending, variables } = useWrite(put, { onDone: setId });
  const isAtWork = isPending || (id !== null && !isOver(job));
  const isDone = id !== null && !isPending && job?.state === "done";
  useEffect(() => {
    if (!isAtWork) void client.invalidateQueries({ queryKey: adminKey });
  }, [isAtWork, client]);
  return {
    start: (asked: Asked) => {
      setId(null);
      mutate(asked);
    },
    error,
    fault: isPending ? null : faultOf(job),
    isAtWork,
    isDone,
    /** What it is, or was, about. */
    columns: variables?.columns ?? [],
  };
}
