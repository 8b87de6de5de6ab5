import { useCallback, useMemo, useRef, useState } from "react";

/** The records picked in a list, by id; with Shift, all between the last one and this one. */
export function useSelection() {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  /** All that the list finds, loaded or not. */
  const [isAll, setAll] = useState(false);
  const last = useRef<number | null>(null);

  const toggle = useCallback((index: number, id: number, between?: (from: number, to: number) => number[]) => {
    const range =
      between && last.current !== null ? between(Math.min(last.current, index), Math.max(last.current, index)) : [id];
    last.current = index;
    setAll(false);
    setIds((now) => {
      const next = new Set(now);
      const add = !now.has(id);
      for (const one of range) add ? next.add(one) : next.delete(one);
      return next;
    });
  }, []);
  const clear = useCallback(() => {
    last.current = null;
    setAll(false);
    setIds(new Set());
  }, []);
  const select = useCallback((chosen: Iterable<number>) => {
    setAll(false);
    setIds(new Set(chosen));
  }, []);
  const selectAll = useCallback(() => setAll(true), []);
  return useMemo(
    () => ({ ids, isAll, toggle, clear, select, selectAll }),
    [ids, isAll, toggle, clear, select, selectAll],
  );
}

export type Selection = ReturnType<typeof useSelection>;
