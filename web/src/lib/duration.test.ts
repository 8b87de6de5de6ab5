import { expect, test } from "vitest";
import { clockOf, secondsBetween } from "./duration";

test("minutes and seconds, hours only when there are some", () => {
  expect([0, 9.9, 167, 3723].map(clockOf)).toEqual(["00:00", "00:09", "02:47", "1:02:03"]);
});

test("a call that begins in the future has not begun", () => {
  expect(secondsBetween("2026-11-22T10:00:05Z", Date.parse("2026-11-22T10:00:00Z"))).toBe(0);
});
