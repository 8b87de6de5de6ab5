import { expect, test } from "vitest";
import { metaOf, table } from "@/api/meta-for-tests";
import { dueOnes, freshOf, freshOnes, queuesOf } from "./waiting";

const label = { zh: "x", en: "x" };
const due = (field: string) => ({
  key: "today",
  label,
  filter: { field, op: "lte", value: "@end_of_today" },
  sort: field,
});
const link = { key: "lead", type: "link", widget: "link", refers: { table: "lead", many: false } };
const madeBy = { key: "activity", type: "link", widget: "link", refers: { table: "activity", many: false } };
const meta = metaOf(
  table({
    key: "lead",
    fields: [{ key: "name" }, { key: "next_at", widget: "date-time" }, { key: "need", widget: "long-text" }],
    settings: {
      title: "name",
      menu: 1,
      columns: ["name", "need"],
      views: [due("next_at"), { key: "fresh", label, filter: { field: "next_at", op: "is_empty" } }],
    },
  }),
  table({
    key: "task",
    fields: [{ key: "title" }, { key: "due_at", widget: "date-time" }, link, madeBy],
    settings: { title: "title", menu: 2, views: [due("due_at")] },
  }),
  table({
    key: "activity",
    fields: [link, { key: "at", widget: "date-time", required: true }],
    settings: { timeline: "at" },
  }),
);
const [leads, tasks] = queuesOf(meta);
if (!leads || !tasks) throw new Error("No queues");

const lead = { id: 5, name: "林若溪", next_at: "2026-11-22T02:00:00Z", need: "想看案例" };
const task = (id: number, title: string, due_at: string, about: unknown) => ({ id, title, due_at, lead: about });
const ruoxi = { id: 5, title: "林若溪" };

test("somebody with three things due is one line, as old as the oldest", () => {
  const found = dueOnes(meta, [
    { source: leads, records: [lead] },
    {
      source: tasks,
      records: [
        { ...task(1, "回访客户", "2026-11-22T02:00:00Z", ruoxi), activity: { id: 9, title: "要报价" } },
        task(3, "确认到场人", "2026-11-22T02:00:00Z", ruoxi),
        task(2, "发案例", "2026-11-21T02:00:00Z", ruoxi),
      ],
    },
  ]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ id: 5, name: "林若溪", note: "想看案例", due: "2026-11-21T02:00:00Z" });
  // The to-do that was made of the next time itself is not said twice; another one at the same time is.
  expect(found[0]?.todos).toEqual(["确认到场人", "发案例"]);
});

test("a to-do about somebody who is not due himself leads to him; one about nobody to itself", () => {
  const found = dueOnes(meta, [
    {
      source: tasks,
      records: [task(2, "发案例", "2026-11-22T02:00:00Z", ruoxi), task(3, "写周报", "2026-11-21T02:00:00Z", null)],
    },
  ]);
  expect(found.map(({ table: { key }, id, name }) => [key, id, name])).toEqual([
    ["task", 3, "写周报"],
    ["lead", 5, "林若溪"],
  ]);
});

test("who is due is not new", () => {
  const [fresh] = freshOf(meta);
  if (!fresh) throw new Error("No fresh view");
  const known = dueOnes(meta, [{ source: leads, records: [lead] }]);
  const found = freshOnes([{ source: fresh, records: [lead, { id: 6, name: "唐一诺" }] }], known);
  expect(found.map(({ name }) => name)).toEqual(["唐一诺"]);
});
