import { expect, test } from "vitest";
import {
  allOf,
  type Draft,
  draftOf,
  emptyGroup,
  emptyLeaf,
  isGroup,
  leavesOf,
  type Tree,
  treeFrom,
  treeOf,
} from "./filter-tree";

const hot: Tree = { field: "grade", op: "eq", value: "A" };
const mine: Tree = { field: "owner", op: "eq", value: "@me" };
const free: Tree = { field: "owner", op: "is_empty" };

test.each<[string, Tree]>([
  ["all of two", { all: [hot, mine] }],
  ["any of two", { any: [hot, free] }],
  ["none of two", { not: { any: [hot, mine] } }],
  ["groups in groups", { all: [hot, { any: [mine, { not: { any: [free, hot] } }] }] }],
])("a filter that is edited and left alone stays what it was: %s", (_, tree) => {
  expect(treeOf(draftOf(tree))).toEqual(tree);
});

test("a single condition stands by itself and is edited in a group", () => {
  expect(draftOf(hot).parts).toHaveLength(1);
  expect(treeOf(draftOf(hot))).toEqual(hot);
});

test("the negation of all is kept as none of an inner group", () => {
  const tree: Tree = { not: { all: [hot, mine] } };
  expect(treeOf(draftOf(tree))).toEqual({ not: { any: [{ all: [hot, mine] }] } });
});

test("a condition still being filled in does not narrow the list", () => {
  const draft = { ...emptyGroup(), parts: [emptyLeaf("grade", "eq"), emptyLeaf("grade", "is_empty")] };
  expect(treeOf(draft)).toEqual({ field: "grade", op: "is_empty" });
  expect(treeOf({ ...emptyGroup(), parts: [emptyLeaf("city", "contains")] })).toBeNull();
});

test("zero and false are values, an empty list and half a range are not", () => {
  const leaf = (op: string, value: unknown): Draft => ({ ...emptyLeaf("score", op), value });
  expect(treeOf(leaf("eq", 0))).toEqual({ field: "score", op: "eq", value: 0 });
  expect(treeOf(leaf("eq", false))).toEqual({ field: "score", op: "eq", value: false });
  expect(treeOf(leaf("in", []))).toBeNull();
  expect(treeOf(leaf("between", [1, null]))).toBeNull();
});

test("an operator nobody knows is dropped from the draft, never sent", () => {
  expect(treeOf({ ...emptyLeaf("score", "sounds_like"), value: "x" })).toBeNull();
});

test("what is not a filter is none", () => {
  expect(treeFrom({ all: [{ field: "x" }] })).toBeNull();
  expect(treeFrom({ all: [], any: [] })).toBeNull();
  expect(treeFrom("owner")).toBeNull();
  expect(treeFrom({ all: [hot] })).toEqual({ all: [hot] });
});

test("every part has an id of its own", () => {
  const draft = draftOf({ all: [hot, { any: [mine, free] }] });
  const ids = (part: Draft): number[] => (isGroup(part) ? [part.id, ...part.parts.flatMap(ids)] : [part.id]);
  expect(new Set(ids(draft)).size).toBe(ids(draft).length);
});

test("filters are joined only where there are some", () => {
  expect(allOf(null, undefined)).toBeNull();
  expect(allOf(hot, null)).toEqual(hot);
  expect(allOf(hot, mine)).toEqual({ all: [hot, mine] });
});

test("conditions are counted through every group", () => {
  expect(leavesOf({ all: [hot, { not: { any: [mine, free] } }] })).toBe(3);
  expect(leavesOf(null)).toBe(0);
});
