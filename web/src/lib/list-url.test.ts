import { expect, test } from "vitest";
import { type ListState, readList, writeList } from "./list-url";

const STANDARD: ListState = { view: null, filter: null, sort: null, columns: null, search: "" };

const there = (state: ListState) => readList(new URLSearchParams(writeList(state).toString()));

test("a list's address says all of its state", () => {
  const state: ListState = {
    view: "mine",
    filter: { all: [{ field: "city", op: "contains", value: "杭州&苏州=1" }] },
    sort: "-created_at,name",
    columns: ["name", "phone"],
    search: "张 138+",
  };
  expect(there(state)).toEqual(state);
});

test("a board keeps its look, and everything else of its list", () => {
  const board: ListState = { ...STANDARD, view: "open", look: "board" };
  expect(there(board)).toEqual(board);
});

test("the standard list has a bare address", () => {
  expect(writeList(STANDARD).toString()).toBe("");
  expect(there(STANDARD)).toEqual(STANDARD);
});

test("no order is something else than the view's own order", () => {
  expect(there({ ...STANDARD, sort: "" }).sort).toBe("");
});

test.each(["{", "[]", '{"field":1}', "null"])("a broken filter in the address is no filter: %s", (text) => {
  expect(readList(new URLSearchParams({ filter: text })).filter).toBeNull();
});
