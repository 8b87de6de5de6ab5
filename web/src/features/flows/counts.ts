import type { Standing } from "@/api/flow-runs";

/** How many runs are on their way, how many stopped, and when the next of those that wait goes on. */
export function countsOf(standing: readonly Standing[]): { underWay: number; failed: number; next: string | null } {
  const sum = (ones: readonly Standing[]) => ones.reduce((all, { count }) => all + count, 0);
  const failed = standing.filter(({ state }) => state === "error");
  const waits = standing.flatMap(({ state, next_due }) => (state === "waiting" && next_due ? [next_due] : []));
  return {
    underWay: sum(standing) - sum(failed),
    failed: sum(failed),
    // Compared as moments: the same zone may be written in more than one way.
    next: waits.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
  };
}
