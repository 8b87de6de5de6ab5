import { expect, test } from "vitest";
import { printBars } from "./print-bars";

const now = new Date("2026-11-22T10:00:00Z");

test("contacts fall into six parts of ninety days, the newest last", () => {
  const moments = ["2026-11-22T09:00:00Z", "2026-11-20T09:00:00Z", "2026-10-25T09:00:00Z", "2026-08-25T09:00:00Z"];
  expect(printBars(moments, 90, now)).toEqual([1, 0, 0, 0, 1, 2]);
});

test("what is older, ahead, or no moment counts nowhere", () => {
  expect(printBars(["2026-01-01T00:00:00Z", "2026-12-22T09:00:00Z", ""], 90, now)).toEqual([0, 0, 0, 0, 0, 0]);
});
