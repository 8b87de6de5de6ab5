import { expect, it } from "vitest";
import { firstTable } from "./first-table";

const label = (name: string) => ({ zh: name, en: name });
const wanted = { key: "course", label: label("课程"), icon: "table" };

it("a table with owners has the fields its settings name", () => {
  const { fields, settings } = firstTable({ ...wanted, isOwned: true, isPooled: true }, label);
  const keys = fields.map(({ key }) => key);
  for (const name of [settings.title, settings.owner, settings.department]) expect(keys).toContain(name);
  expect(settings.pool).toBe(true);
});

it("a table without owners has no pool, whatever was ticked before", () => {
  const { fields, settings } = firstTable({ ...wanted, isOwned: false, isPooled: true }, label);
  expect(fields.map(({ key }) => key)).toEqual(["name"]);
  expect(settings.pool).toBeUndefined();
});
