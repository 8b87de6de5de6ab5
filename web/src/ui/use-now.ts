import { useEffect, useState } from "react";

/** Draws anew every so many milliseconds; null: not at all. */
export function useNow(every: number | null, now: () => number = Date.now): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (every === null) return;
    const timer = setInterval(() => tick((count) => count + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  return now();
}
