import { expect, test } from "vitest";
import { dueOf } from "./due";

const now = new Date("2026-11-22T04:00:00Z");
const due = (iso: string) => dueOf(iso, now, "Asia/Shanghai");

test("a promise of the day before yesterday is two days late", () => {
  expect(due("2026-11-20T08:00:00Z")).toMatchObject({ state: "late", days: 2 });
});

test("one of this morning is late by hours", () => {
  expect(due("2026-11-22T01:30:00Z")).toMatchObject({ state: "late", days: 0, hours: 2 });
});

test("one of this afternoon is due today, by the clock of the workspace", () => {
  expect(due("2026-11-22T07:00:00Z")).toEqual({ state: "today", at: "15:00" });
});

test("one of tomorrow lies ahead", () => {
  expect(due("2026-11-22T17:00:00Z")).toEqual({ state: "ahead" });
});

test.each(["", "soon"])("what was never promised is not late: %j", (value) => {
  expect(due(value)).toEqual({ state: "ahead" });
});
