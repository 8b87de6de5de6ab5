import { useSyncExternalStore } from "react";

const query = () => window.matchMedia("(max-width: 720px)");

function watch(changed: () => void): () => void {
  const watched = query();
  watched.addEventListener("change", changed);
  return () => watched.removeEventListener("change", changed);
}

/** Whether the screen is as narrow as a phone's. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(watch, () => query().matches);
}
