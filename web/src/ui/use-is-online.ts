import { useSyncExternalStore } from "react";

function watch(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

/** Whether the browser has any network at all; that the server answers is another matter. */
export const useIsOnline = () => useSyncExternalStore(watch, () => navigator.onLine);
