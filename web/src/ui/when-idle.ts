/** Runs once the browser has nothing better to do; the result calls it off. */
export function whenIdle(act: () => void): () => void {
  // Safari has no such thing: a moment after the first picture will do.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(act, 400);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act, { timeout: 2000 });
  return () => cancelIdleCallback(handle);
}
