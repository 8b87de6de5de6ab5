import { useEffect, useSyncExternalStore } from "react";

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
