import { describe, expect, test } from "vitest";
import { clock, daysBetween, isoDay, momentOf, wallAt } from "./zone";

const SHANGHAI = "Asia/Shanghai";

test("a moment reads by the clock of the workspace, not of the browser", () => {
  const wall = wallAt(new Date("2026-11-22T16:30:00Z"), SHANGHAI);
  expect(`${isoDay(wall)} ${clock(wall)}`).toBe("2026-11-23 00:30");
});

describe.each([SHANGHAI, "UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])("in %s", (zone) => {
  test("reading the clock and setting it are each other's inverse", () => {
    for (let day = 0; day < 365; day += 7) {
      const moment = new Date(Date.UTC(2026, 0, 1 + day, 9, 41, 7));
      expect(momentOf(wallAt(moment, zone), zone)).toEqual(moment);
    }
  });
});

test("the day after the clocks change still begins at midnight", () => {
  const wall = { year: 2026, month: 3, day: 9, hour: 0, minute: 0, second: 0 };
  expect(momentOf(wall, "America/New_York").toISOString()).toBe("2026-03-09T04:00:00.000Z");
});

test("days are counted by the calendar", () => {
  const lateEvening = new Date("2026-11-22T15:59:00Z");
  const nextMinute = new Date("2026-11-22T16:01:00Z");
  expect(daysBetween(lateEvening, nextMinute, SHANGHAI)).toBe(1);
  expect(daysBetween(nextMinute, lateEvening, SHANGHAI)).toBe(-1);
});
