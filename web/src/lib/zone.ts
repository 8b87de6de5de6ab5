/** Clock time as it reads on a wall in one time zone. Months count from 1. */
export type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the clock shows in `zone` at that moment. */
export function wallAt(moment: Date, zone: string): Wall {
  const read: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(moment)) read[type] = Number(value);
  return {
    year: read.year ?? 0,
    month: read.month ?? 1,
    day: read.day ?? 1,
    hour: read.hour ?? 0,
    minute: read.minute ?? 0,
    second: read.second ?? 0,
  };
}

const asUtc = (wall: Wall) => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);

/** The moment at which the clock in `zone` shows `wall`. */
export function momentOf(wall: Wall, zone: string): Date {
  const wanted = asUtc(wall);
  // The offset itself depends on the moment: the second look settles it around a change of clocks.
  const first = wanted - (asUtc(wallAt(new Date(wanted), zone)) - wanted);
  return new Date(first - (asUtc(wallAt(new Date(first), zone)) - wanted));
}

/** Whole days from `from` to `to` by the calendar of `zone`; yesterday is -1. */
export function daysBetween(from: Date, to: Date, zone: string): number {
  const midnight = (moment: Date) => asUtc({ ...wallAt(moment, zone), hour: 0, minute: 0, second: 0 });
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

/** `2026-11-22`. */
export function isoDay(wall: Wall): string {
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
}

/** `15:04`. */
export function clock(wall: Wall): string {
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

const two = (figure: number) => String(figure).padStart(2, "0");
