import { useSyncExternalStore } from "react";

let connected = false;
const watchers = new Set<() => void>();

export function setConnected(now: boolean): void {
  if (now === connected) return;
  connected = now;
  for (const tell of watchers) tell();
}

const watch = (tell: () => void) => {
  watchers.add(tell);
  return () => void watchers.delete(tell);
};

/** Whether the server tells us of changes by itself; else one has to ask again now and then. */
export const useConnected = () => useSyncExternalStore(watch, () => connected);
