import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

let isPrinting = false;

function watch(changed: () => void): () => void {
  const turn = (now: boolean) => () => {
    isPrinting = now;
    // The browser takes what stands there when these listeners are through.
    flushSync(changed);
  };
  const [begin, end] = [turn(true), turn(false)];
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
}

/** Whether the page is being drawn for paper right now. */
export const useIsPrinting = () => useSyncExternalStore(watch, () => isPrinting);
