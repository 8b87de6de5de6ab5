import { expect, test } from "vitest";
import { barsOf } from "./voiceprint-bars";

const now = new Date("2026-11-22T04:00:00Z");
const ago = (days: number, kind = "call") => ({ at: new Date(now.getTime() - days * 86_400_000).toISOString(), kind });

test("today is the last bar, ninety days ago the first", () => {
  const bars = barsOf([ago(0), ago(89.9, "visit")], now);
  expect([bars.at(-1)?.kind, bars[0]?.kind]).toEqual(["call", "visit"]);
  expect(bars.filter(Boolean)).toHaveLength(2);
});

test("what lies outside, or is no time at all, is not drawn", () => {
  expect(barsOf([ago(91), ago(-1), { at: "never", kind: "call" }], now).every((bar) => bar === null)).toBe(true);
});

test("more contacts make a higher bar", () => {
  const bars = barsOf([ago(10), ago(40), ago(40), ago(40)], now);
  const heights = bars.flatMap((bar) => bar?.height ?? []);
  expect(heights[0]).toBeGreaterThan(heights[1] ?? 0);
});
