import { expect, test } from "vitest";
import { metaOf, table } from "./meta-for-tests";
import { todosOf } from "./todos";

const label = { zh: "x", en: "x" };
const link = { key: "lead", type: "link", widget: "link", refers: { table: "lead", many: false } };
const lead = table({ key: "lead", fields: [{ key: "name" }] });
const task = table({
  key: "task",
  fields: [link, { key: "status" }, { key: "owner" }, { key: "due_at", widget: "date-time" }],
  settings: {
    owner: "owner",
    views: [
      {
        key: "today",
        label,
        sort: "due_at",
        filter: {
          all: [
            { field: "owner", op: "eq", value: "@me" },
            { field: "status", op: "eq", value: "open" },
            { field: "due_at", op: "lte", value: "@end_of_today" },
          ],
        },
      },
      { key: "done", label, filter: { field: "status", op: "eq", value: "done" } },
    ],
  },
});

test("an open promise is one of the due list, whoever's and whenever it is due", () => {
  const todos = todosOf(metaOf(lead, task), "lead");
  expect(todos?.open).toEqual({ field: "status", op: "eq", value: "open" });
  expect(todos?.kept).toEqual({ status: "done" });
});

test("who may not change it is not offered to tick it off", () => {
  const closed = { ...task, rights: { read: true } };
  expect(todosOf(metaOf(lead, closed), "lead")?.kept).toBeNull();
});

test("a table without a due list holds no promises", () => {
  expect(todosOf(metaOf(lead, { ...task, settings: {} }), "lead")).toBeNull();
});
