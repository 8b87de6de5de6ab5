import { clock, daysBetween, wallAt } from "./zone";

const HOUR_MS = 3_600_000;

/** How a moment that was promised stands to now. */
export type Due =
  | { state: "late"; days: number; hours: number; minutes: number }
  | { state: "today"; at: string }
  | { state: "ahead" };

/**
 * Late counts in whole days, or within a day in whole hours, or minutes; today is said by the clock. What is no
 * moment at all was never promised.
 */
export function dueOf(iso: string, now: Date, zone: string): Due {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return { state: "ahead" };
  const behind = now.getTime() - moment.getTime();
  if (behind > 0) {
    return {
      state: "late",
      days: daysBetween(moment, now, zone),
      hours: Math.floor(behind / HOUR_MS),
      minutes: Math.floor(behind / 60_000),
    };
  }
  if (daysBetween(now, moment, zone) === 0) return { state: "today", at: clock(wallAt(moment, zone)) };
  return { state: "ahead" };
}
