const BARS = 6;
const DAY_MS = 86_400_000;

/** How often somebody was spoken to, in six equal parts of the last days; the newest at the end. */
export function printBars(moments: readonly string[], days: number, now: Date): number[] {
  const bars: number[] = Array(BARS).fill(0);
  const span = (days * DAY_MS) / BARS;
  for (const at of moments) {
    const place = BARS - 1 - Math.floor((now.getTime() - new Date(at).getTime()) / span);
    if (place >= 0 && place < BARS) bars[place] = (bars[place] ?? 0) + 1;
  }
  return bars;
}
