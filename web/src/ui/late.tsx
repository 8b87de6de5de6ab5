import { type ComponentType, lazy, Suspense, useEffect } from "react";
import { whenIdle } from "./when-idle";

/** Marks a page one of whose parts is on its way: keys typed now are meant for it. */
export const COMING = "[data-coming]";

/**
 * A dialog or a box to write in whose code is loaded apart, when it is first shown. While it comes, no single key acts on
 * the page: a `c` meant for a comment would call the customer.
 */
export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() }));
  return (props) => (
    <Suspense fallback={<span hidden data-coming="" />}>
      <Part {...props} />
    </Suspense>
  );
}

/** Fetches code ahead of its use, once the browser has nothing better to do. */
export function useFetchedAhead(load: () => Promise<unknown>, enabled = true): void {
  useEffect(() => {
    // What cannot be fetched now is fetched, and its error told, when it is used.
    if (enabled) return whenIdle(() => void load().catch(() => undefined));
  }, [load, enabled]);
}
