import { expect, test } from "vitest";
import { lead } from "./lead-for-tests";
import { columnOf, importable, mappingOf, matchable, missingFields, obstacleTo, usable, withField } from "./mapping";
import type { Options } from "./options";

const options = (changed: Partial<Options> = {}): Options => ({
  mode: "create",
  match: ["phone"],
  unknown: "add",
  sheet: null,
  set: {},
  ...changed,
});
const keys = (fields: readonly { key: string }[]) => fields.map(({ key }) => key);

test("a field is filled by one column: the one it was given last", () => {
  const mapping = mappingOf([
    { name: "电话", field: "phone", samples: [] },
    { name: "手机", field: null, samples: [] },
    { name: "姓名", field: "name", samples: [] },
  ]);
  const moved = withField(mapping, "手机", "phone");
  expect(moved).toEqual({ 电话: null, 手机: "phone", 姓名: "name" });
  expect(columnOf(moved, "phone")).toBe("手机");
  expect(columnOf(mapping, "phone")).toBe("电话");
});

test("columns that are left out leave each other alone", () => {
  expect(withField({ a: null, b: "name" }, "b", null)).toEqual({ a: null, b: null });
});

test("which fields a file can fill depends on the way of importing", () => {
  expect(keys(importable(lead, options()))).toEqual(["name", "phone", "status", "note", "owner"]);
  expect(keys(importable(lead, options({ mode: "upsert" })))).toContain("score");
  expect(keys(importable(lead, options({ mode: "update", match: ["serial"] })))).toContain("serial");
});

test("a column whose field cannot be imported this way is left out", () => {
  const mapping = { 分数: "score", 姓名: "name" };
  expect(usable(lead, mapping, options())).toEqual({ 分数: null, 姓名: "name" });
  expect(usable(lead, mapping, options({ mode: "update" }))).toEqual(mapping);
});

test("records are recognised by what they are, not by what they link to or what counts itself", () => {
  expect(keys(matchable(lead))).toEqual(["name", "phone", "status", "note", "score", "serial"]);
});

test("new records need what is required and has no default", () => {
  expect(keys(missingFields(lead, { 姓名: "name" }, options()))).toEqual(["phone"]);
  expect(missingFields(lead, { 手机: "phone" }, options())).toEqual([]);
});

test("what every row is given is not missing, unless it is empty", () => {
  expect(missingFields(lead, { 姓名: "name" }, options({ set: { phone: "13800000001" } }))).toEqual([]);
  expect(keys(missingFields(lead, { 姓名: "name" }, options({ set: { phone: "" } })))).toEqual(["phone"]);
});

test("updates need what recognises the record, and nothing else", () => {
  const update = options({ mode: "update", match: ["name"] });
  expect(keys(missingFields(lead, { 备注: "note" }, update))).toEqual(["name"]);
  expect(missingFields(lead, { 姓名: "name" }, update)).toEqual([]);
});

test("creating and updating at once needs both", () => {
  expect(keys(missingFields(lead, {}, options({ mode: "upsert", match: ["name"] })))).toEqual(["name", "phone"]);
});

test("what stands in the way is told, the first thing first", () => {
  expect(obstacleTo(lead, { 手机: "phone" }, options())).toBeNull();
  expect(obstacleTo(lead, { 手机: "phone" }, options({ mode: "upsert", match: [] }))).toEqual({ kind: "no-match" });
  expect(obstacleTo(lead, { 手机: null }, options())).toMatchObject({ kind: "missing" });
  expect(obstacleTo(lead, { 手机: null }, options({ mode: "update", match: ["phone"] }))).toMatchObject({
    kind: "missing",
  });
});

test("a table that requires nothing still needs one column", () => {
  const free = { ...lead, fields: lead.fields.filter(({ required }) => !required) };
  expect(obstacleTo(free, { 姓名: null }, options({ match: [] }))).toEqual({ kind: "no-columns" });
});
