import { useEffect, useRef, useSyncExternalStore } from "react";

let hosts = 0;
const watchers = new Set<() => void>();

function change(by: number): void {
  hosts += by;
  for (const tell of watchers) tell();
}

const watch = (tell: () => void) => {
  watchers.add(tell);
  return () => void watchers.delete(tell);
};

/** Says that this screen has a place of its own for the telephone, as long as it is drawn. */
export function useHosting(): void {
  useEffect(() => {
    change(1);
    return () => change(-1);
  }, []);
}

/** Whether the telephone has a place on the screen; else it floats above it. */
export const useIsHosted = () => useSyncExternalStore(watch, () => hosts > 0);

let onward: (() => void) | null = null;

/** Says how the screen goes on to the next in the queue, for the telephone that floats above it. */
export function useOnward(next: (() => void) | undefined): void {
  const latest = useRef(next);
  latest.current = next;
  const hasNext = next !== undefined;
  useEffect(() => {
    if (!hasNext) return;
    const go = () => latest.current?.();
    onward = go;
    for (const tell of watchers) tell();
    return () => {
      if (onward === go) onward = null;
      for (const tell of watchers) tell();
    };
  }, [hasNext]);
}

export const useOnwardFrom = () => useSyncExternalStore(watch, () => onward);
