import { expect, test } from "vitest";
import { standingOf, subjectOf } from "./facts";

test("an import is told by its file, a bulk edit by its fields", () => {
  expect(subjectOf({ kind: "import", label: { file: "名单.xlsx", mode: "create" } }).file).toBe("名单.xlsx");
  expect(subjectOf({ kind: "bulk_edit", label: { fields: ["owner"] } }).fields).toEqual(["owner"]);
});

test("a conversion is told by who was converted", () => {
  expect(subjectOf({ kind: "convert", label: { record: 4, title: "林若溪" } }).title).toBe("林若溪");
});

test("an undo is told by what it took back, an undo of an undo too", () => {
  const inner = { kind: "import", label: { file: "名单.xlsx" } };
  const once = { kind: "undo", label: { of: 4, ...inner } };
  expect(subjectOf(once)).toEqual({ kind: "import", file: "名单.xlsx", title: "", fields: [] });
  expect(subjectOf({ kind: "undo", label: { of: 5, ...once } }).file).toBe("名单.xlsx");
});

test("a label that says nothing is no reason to break", () => {
  expect(subjectOf({ kind: "merge", label: { file: 3, fields: "all" } })).toEqual({
    kind: "merge",
    file: "",
    title: "",
    fields: [],
  });
});

test("where a set stands: what was broken off may be begun again", () => {
  expect(standingOf({ undoable: true, undo: null })).toBe("open");
  expect(standingOf({ undoable: false, undo: { job: 1, state: "running" } })).toBe("undoing");
  expect(standingOf({ undoable: false, undo: { job: 1, state: "done" } })).toBe("undone");
  expect(standingOf({ undoable: true, undo: { job: 1, state: "failed" } })).toBe("open");
});
