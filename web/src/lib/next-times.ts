import { momentOf, type Wall, wallAt } from "./zone";

export type NextTime = { key: "hour" | "afternoon" | "tomorrow" | "threeDays" | "week" | "twoWeeks"; at: string };

const MORNING = 10;
const AFTERNOON = 15;
const FIVE_MINUTES = 300_000;

/** The times people most often agree on, from now on; every one lies ahead. */
export function nextTimes(now: Date, zone: string): NextTime[] {
  const wall = wallAt(now, zone);
  const weekday = new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();
  const toMonday = ((8 - weekday) % 7 || 7) as number;
  const times: NextTime[] = [
    { key: "hour", at: new Date(Math.ceil((now.getTime() + 3_600_000) / FIVE_MINUTES) * FIVE_MINUTES).toISOString() },
    { key: "afternoon", at: onDay(wall, 0, AFTERNOON, zone) },
    { key: "tomorrow", at: onDay(wall, 1, MORNING, zone) },
    { key: "threeDays", at: onDay(wall, 3, MORNING, zone) },
    { key: "week", at: onDay(wall, toMonday, MORNING, zone) },
    { key: "twoWeeks", at: onDay(wall, 14, MORNING, zone) },
  ];
  // An afternoon that is nearly over, or a Monday that is tomorrow anyway, is no choice of its own.
  const isLate = wall.hour >= AFTERNOON - 1;
  return times.filter(
    ({ key }) => !(key === "afternoon" && isLate) && !(key === "week" && (toMonday === 1 || toMonday === 3)),
  );
}

function onDay(wall: Wall, days: number, hour: number, zone: string): string {
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return momentOf(
    { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate(), hour, minute: 0, second: 0 },
    zone,
  ).toISOString();
}
