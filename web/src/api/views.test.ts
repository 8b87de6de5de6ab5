import { expect, test } from "vitest";
import { tableOf } from "./meta-for-tests";
import { queueOf, shownBy, viewsOf } from "./views";

const LABEL = { zh: "看", en: "View" };
const STATE = { view: null, filter: null, sort: null, columns: null, search: "" };

const lead = (views: unknown[] = []) =>
  tableOf({
    key: "lead",
    fields: [
      { key: "name" },
      { key: "owner", widget: "user" },
      { key: "next", widget: "date-time" },
      { key: "secret", readable: false },
    ],
    settings: { pool: true, owner: "owner", columns: ["name", "secret", "next"], views },
  });

test("every list has all, and a pool when its table has one", () => {
  expect(viewsOf(lead()).map(({ key }) => key)).toEqual(["all", "pool"]);
});

test("shipped views stand as they are, and are not doubled", () => {
  const shipped = [
    { key: "pool", label: LABEL },
    { key: "all", label: LABEL },
  ];
  expect(viewsOf(lead(shipped)).map(({ key }) => key)).toEqual(["pool", "all"]);
});

test("a list shows the view's records, narrowed by the address", () => {
  const mine = { field: "owner", op: "eq", value: "@me" };
  const city = { field: "name", op: "contains", value: "张" };
  const table = lead([{ key: "mine", label: LABEL, filter: mine, sort: "-next" }]);
  const shown = shownBy(table, { ...STATE, view: "mine", filter: city, search: " 云帆 " });
  expect(shown).toMatchObject({ filter: { all: [mine, city] }, sort: "-next", search: "云帆" });
});

test("columns one may not see are left out, unknown ones too", () => {
  expect(shownBy(lead(), STATE).columns).toEqual(["name", "next"]);
  expect(shownBy(lead(), { ...STATE, columns: ["gone", "next", "next"] }).columns).toEqual(["next"]);
  expect(shownBy(lead(), { ...STATE, columns: ["gone"] }).columns).toEqual(["name", "next"]);
});

test("an unknown view in the address shows the first", () => {
  expect(shownBy(lead(), { ...STATE, view: "gone" }).filter).toBeNull();
});

test("what is due by the end of today is a queue", () => {
  const filter = { all: [{ field: "next", op: "lte", value: "@end_of_today" }] };
  expect(queueOf(lead([{ key: "today", label: LABEL, filter, sort: "next" }]))?.due.key).toBe("next");
});

test("what happened today is none", () => {
  const filter = { field: "next", op: "gte", value: "@today" };
  expect(queueOf(lead([{ key: "today", label: LABEL, filter, sort: "-next" }]))).toBeNull();
});
