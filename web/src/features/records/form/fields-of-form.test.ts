import { expect, test } from "vitest";
import { tableOf } from "@/api/meta-for-tests";
import { firstValues, formFields, missing, sent } from "./fields-of-form";

const activity = tableOf({
  key: "activity",
  fields: [
    { key: "content", required: true },
    { key: "kind", widget: "dropdown", default: "call" },
    { key: "owner", widget: "user", default: "@me" },
    { key: "department", widget: "department", default: "@my_department" },
    { key: "happened_at", widget: "date-time", default: "@now" },
    { key: "batch", default: "@something_new" },
    { key: "locked", writable: false },
    { key: "born", creatable: false },
    { key: "created_at", automatic: true },
  ],
});

test("a new record offers what may be created, an old one what may be changed", () => {
  const keys = (isNew: boolean) => formFields(activity, isNew).map(({ key }) => key);
  expect(keys(true)).toContain("locked");
  expect(keys(true)).not.toContain("born");
  expect(keys(false)).not.toContain("locked");
  expect(keys(false)).not.toContain("created_at");
});

test("defaults are seen before saving; symbols not known here are left to the server", () => {
  const now = new Date("2026-11-22T04:00:00Z");
  expect(firstValues(activity.fields, { id: 7, department: 2 }, now)).toEqual({
    kind: "call",
    owner: 7,
    department: 2,
    happened_at: now.toISOString(),
  });
});

test("blanks do not fill a required field", () => {
  expect(missing(activity.fields, { content: "  " }).map(({ key }) => key)).toEqual(["content"]);
  expect(missing(activity.fields, { content: "要报价" })).toEqual([]);
});

test("links and files are sent by their ids, texts without blanks at the ends", () => {
  expect(
    sent({ lead: { id: 3, title: "林若溪" }, photos: [{ id: 1, name: "a" }, 2], name: " 张三 ", note: " ", n: 0 }),
  ).toEqual({
    lead: 3,
    photos: [1, 2],
    name: "张三",
    note: null,
    n: 0,
  });
});
