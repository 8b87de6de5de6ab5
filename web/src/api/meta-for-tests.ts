import { type Meta, readMeta, type Table } from "./meta";

type Rough = Record<string, unknown> & { key: string };

const label = (text: string) => ({ zh: text, en: text });

const EQUALITY = ["is_empty", "not_empty", "eq", "ne", "in", "not_in"].map((op) => ({ op, takes: "one" }));

/** A field as the server tells it, with what a test cares about. */
export const field = (rough: Rough) => ({
  type: "text",
  label: label(rough.key),
  widget: "text",
  operators: EQUALITY,
  ...rough,
});

type RoughTable = Rough & { fields: Rough[]; settings?: Record<string, unknown>; rights?: Record<string, boolean> };

/** A table as the server tells it. */
export const table = (rough: RoughTable): RoughTable => ({
  label: label(rough.key),
  rights: { read: true, create: true, update: true, delete: true },
  ...rough,
  settings: rough.settings ?? {},
  fields: rough.fields.map(field),
});

/** Metadata of a workspace with these tables, in Shanghai, seen by user 7. */
export function metaOf(...tables: RoughTable[]): Meta {
  return readMeta({
    version: 1,
    workspace: { name: "云帆", time_zone: "Asia/Shanghai", currency: "CNY" },
    user: { id: 7, name: "陈思雨", email: "chen@example.com", roles: ["rep"], department: 2 },
    tables,
    users: [{ id: 7, name: "陈思雨", department: 2, active: true }],
    departments: [
      { id: 1, name: "总部", parent: null },
      { id: 2, name: "一组", parent: 1 },
    ],
  });
}

/** One table, read as the app reads it. */
export function tableOf(rough: RoughTable): Table {
  const [read] = metaOf(table(rough)).tables;
  if (!read) throw new Error("No table");
  return read;
}
