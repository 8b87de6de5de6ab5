import type { SpecialDay } from "./api";

/** Days one after the other that are alike. */
export type Stretch = { from: string; to: string; works: boolean; own: boolean };

const DAY_MS = 86_400_000;

export function stretchesOf(days: readonly SpecialDay[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { day, works, own } of days) {
    const last = found.at(-1);
    const isNext = last && Date.parse(day) - Date.parse(last.to) === DAY_MS;
    if (isNext && last.works === works && last.own === own) last.to = day;
    else found.push({ from: day, to: day, works, own });
  }
  return found;
}
