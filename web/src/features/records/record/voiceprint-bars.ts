export const DAYS = 90;
const BARS = 60;
const LEAST_PX = 16;
const MOST_PX = 52;
const DAY_MS = 86_400_000;

export type Contact = { at: string; kind: string };
export type Bar = { height: number; kind: string };

/** One bar for each day and a half, oldest first; null where nobody spoke. The last kind of a bar colours it. */
export function barsOf(contacts: readonly Contact[], now: Date): (Bar | null)[] {
  const span = (DAYS * DAY_MS) / BARS;
  const counts: number[] = Array(BARS).fill(0);
  const kinds: string[] = Array(BARS).fill("");
  for (const { at, kind } of [...contacts].sort((a, b) => a.at.localeCompare(b.at))) {
    const place = BARS - 1 - Math.floor((now.getTime() - new Date(at).getTime()) / span);
    if (place < 0 || place >= BARS || Number.isNaN(place)) continue;
    counts[place] = (counts[place] ?? 0) + 1;
    kinds[place] = kind;
  }
  const most = Math.max(1, ...counts);
  return counts.map((count, place) =>
    count === 0
      ? null
      : { height: Math.round(LEAST_PX + ((MOST_PX - LEAST_PX) * count) / Math.max(most, 3)), kind: kinds[place] ?? "" },
  );
}
