import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type ListState, readList, writeList } from "@/lib/list-url";

/** The state of the list in the address, and a way to change it. Typing replaces the entry, choosing adds one. */
export function useListState(): [ListState, (change: Partial<ListState>, how?: { replace: boolean }) => void] {
  const [parameters, setParameters] = useSearchParams();
  const state = useMemo(() => readList(parameters), [parameters]);
  const change = useCallback(
    (changed: Partial<ListState>, how = { replace: false }) =>
      setParameters((now) => writeList({ ...readList(now), ...changed }), how),
    [setParameters],
  );
  return [state, change];
}
