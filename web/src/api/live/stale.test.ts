import { expect, test } from "vitest";
import { hasMoved, isStale, joined, wasSaid } from "./stale";

const targets = (table: string) => (table === "activity" ? ["lead", "account"] : []);
const stale = (key: unknown[], tables: Record<string, number[] | null>) => isStale(key, tables, targets);

test("a changed record outdates itself and every list of its table, not its neighbour", () => {
  expect(stale(["records", "lead", "one", 5], { lead: [5] })).toBe(true);
  expect(stale(["records", "lead", "one", 5, "history"], { lead: [5] })).toBe(true);
  expect(stale(["records", "lead", "one", 6], { lead: [5] })).toBe(false);
  expect(stale(["records", "lead", "list", {}, 0], { lead: [5] })).toBe(true);
  expect(stale(["records", "account", "list", {}, 0], { lead: [5] })).toBe(false);
});

test("too many to name outdates all of the table", () => {
  expect(stale(["records", "lead", "one", 6], { lead: null })).toBe(true);
});

test("what left one's sight is not named: all of the table is asked anew", () => {
  expect(stale(["records", "lead", "list", {}, 0], { lead: [] })).toBe(true);
  expect(stale(["records", "lead", "one", 6], { lead: [] })).toBe(true);
  expect(stale(["records", "account", "one", 6], { lead: [] })).toBe(false);
});

test("a follow-up is part of the story of whom it is about", () => {
  expect(stale(["records", "lead", "one", 6, "timeline"], { activity: [70] })).toBe(true);
  expect(stale(["records", "lead", "one", 6], { activity: [70] })).toBe(false);
  expect(stale(["records", "product", "one", 6, "timeline"], { activity: [70] })).toBe(false);
});

test("one that is not named makes it all of the table", () => {
  expect(joined({ lead: [1] }, { lead: [] })).toEqual({ lead: null });
  expect(joined({ lead: [] }, { lead: [1] })).toEqual({ lead: null });
});

test("what is no record is left alone", () => {
  expect(stale(["meta"], { lead: null })).toBe(false);
  expect(stale(["records"], { lead: null })).toBe(false);
});

test("a flow that goes on outdates its drawing and the record's own runs, not the record", () => {
  expect(hasMoved(["flows", 3, "runs"], { lead: [5] })).toBe(true);
  expect(hasMoved(["records", "lead", "one", 5, "runs"], { lead: [5] })).toBe(true);
  expect(hasMoved(["records", "lead", "one", 6, "runs"], { lead: [5] })).toBe(false);
  expect(hasMoved(["records", "lead", "one", 5], { lead: [5] })).toBe(false);
});

test("what was said about a record outdates what was said there before, and nothing else", () => {
  expect(wasSaid(["records", "lead", "one", 5, "comments"], { lead: [5] })).toBe(true);
  expect(wasSaid(["records", "lead", "one", 5, "comments"], { lead: null })).toBe(true);
  expect(wasSaid(["records", "lead", "one", 6, "comments"], { lead: [5] })).toBe(false);
  expect(wasSaid(["records", "lead", "one", 5], { lead: [5] })).toBe(false);
  expect(wasSaid(["records", "lead", "list", {}, 0], { lead: [5] })).toBe(false);
});

test("two tellings become one", () => {
  expect(joined({ lead: [1], task: null }, { lead: [2, 1], task: [4], call: [9] })).toEqual({
    lead: [1, 2],
    task: null,
    call: [9],
  });
});
