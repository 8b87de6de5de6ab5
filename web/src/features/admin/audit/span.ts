import { momentOf, wallAt } from "@/lib/zone";

export const SPANS = ["all", "today", "week", "month", "custom"] as const;
export type Span = (typeof SPANS)[number];

const DAYS: Partial<Record<Span, number>> = { today: 1, week: 7, month: 30 };

export type Days = { from: string; to: string };

/** When a span begins and ends, by the calendar of the workspace; the end is not included. */
export function momentsOf(span: Span, days: Days, now: Date, zone: string): { since?: string; until?: string } {
  if (span === "custom") {
    return {
      ...(days.from ? { since: startOf(days.from, 0, zone) } : {}),
      ...(days.to ? { until: startOf(days.to, 1, zone) } : {}),
    };
  }
  const back = DAYS[span];
  if (back === undefined) return {};
  const { year, month, day } = wallAt(now, zone);
  return { since: atMidnight(year, month, day - (back - 1), zone) };
}

function startOf(isoDay: string, shift: number, zone: string): string {
  const [year = 1970, month = 1, day = 1] = isoDay.split("-").map(Number);
  return atMidnight(year, month, day + shift, zone);
}

/** Days beyond the ends of a month count on into the next or the one before. */
function atMidnight(year: number, month: number, day: number, zone: string): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  const wall = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: 0,
    minute: 0,
    second: 0,
  };
  return momentOf(wall, zone).toISOString();
}
