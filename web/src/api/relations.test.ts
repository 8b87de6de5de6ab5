import { expect, test } from "vitest";
import { metaOf, table } from "./meta-for-tests";
import { journalOf, relationsTo } from "./relations";

const link = { key: "lead", type: "link", widget: "link", refers: { table: "lead", many: false } };
const lead = table({ key: "lead", fields: [{ key: "name" }] });
const task = table({
  key: "task",
  fields: [link, { key: "due_at", widget: "date-time" }],
  settings: { timeline: "due_at" },
});
const activity = table({
  key: "activity",
  fields: [link, { key: "happened_at", widget: "date-time", required: true }],
  settings: { timeline: "happened_at" },
});

test("tables that link here are found by their links", () => {
  const found = relationsTo(metaOf(lead, task, activity), "lead");
  expect(found.map(({ table, field }) => [table.key, field.key])).toEqual([
    ["task", "lead"],
    ["activity", "lead"],
  ]);
});

test("the journal is the table that says what happened, not what is planned", () => {
  expect(journalOf(metaOf(lead, task, activity), "lead")?.table.key).toBe("activity");
});

test("who may not write in it has none", () => {
  const closed = { ...activity, rights: { read: true } };
  expect(journalOf(metaOf(lead, task, closed), "lead")).toBeNull();
});
