import { expect, test } from "vitest";
import { nextTimes } from "./next-times";

const SHANGHAI = "Asia/Shanghai";
const at = (iso: string) => Object.fromEntries(nextTimes(new Date(iso), SHANGHAI).map(({ key, at }) => [key, at]));

test("on a Wednesday morning six times are offered", () => {
  expect(at("2026-11-25T01:02:00Z")).toEqual({
    hour: "2026-11-25T02:05:00.000Z",
    afternoon: "2026-11-25T07:00:00.000Z",
    tomorrow: "2026-11-26T02:00:00.000Z",
    threeDays: "2026-11-28T02:00:00.000Z",
    week: "2026-11-30T02:00:00.000Z",
    twoWeeks: "2026-12-09T02:00:00.000Z",
  });
});

test("in the late afternoon this afternoon is no choice any more", () => {
  expect(at("2026-11-25T06:30:00Z")).not.toHaveProperty("afternoon");
});

test("Monday is not offered twice", () => {
  expect(at("2026-11-22T01:00:00Z")).not.toHaveProperty("week");
  expect(at("2026-11-20T01:00:00Z")).not.toHaveProperty("week");
});

test("every time lies ahead, at every hour of a week", () => {
  for (let hour = 0; hour < 168; hour++) {
    const now = new Date(Date.UTC(2026, 10, 20, hour, 59));
    for (const { at } of nextTimes(now, SHANGHAI)) expect(new Date(at).getTime()).toBeGreaterThan(now.getTime());
  }
});
