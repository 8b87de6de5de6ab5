import { useSyncExternalStore } from "react";

let count = 0;
const watchers = new Set<() => void>();

/** Somebody wants to call while a wrap-up is owed: the form should come forward. */
export function askAttention(): void {
  count += 1;
  for (const tell of watchers) tell();
}

const watch = (tell: () => void) => {
  watchers.add(tell);
  return () => void watchers.delete(tell);
};

/** How often it was asked for. */
export const useAttention = () => useSyncExternalStore(watch, () => count);
