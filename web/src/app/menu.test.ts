import { expect, test } from "vitest";
import { metaOf, table } from "@/api/meta-for-tests";
import { menuOf } from "./menu";

const tables = (count: number, menu: (place: number) => number | null) =>
  metaOf(
    ...Array.from({ length: count }, (_, place) =>
      table({ key: `t${place}`, fields: [{ key: "name" }], settings: { menu: menu(place) } }),
    ),
  ).tables;

test("with today, never more than six entries", () => {
  for (const count of [0, 1, 5, 6, 17]) {
    const { shown, more } = menuOf(tables(count, (place) => place));
    expect(1 + shown.length + (more.length ? 1 : 0)).toBeLessThanOrEqual(6);
    expect(shown.length + more.length).toBe(count);
  }
});

test("tables stand in the order they ask for; those that ask for none are behind more", () => {
  const { shown, more } = menuOf(tables(3, (place) => (place === 1 ? null : 30 - place)));
  expect(shown.map(({ key }) => key)).toEqual(["t2", "t0"]);
  expect(more.map(({ key }) => key)).toEqual(["t1"]);
});

test("a table one may not read is in neither", () => {
  const meta = metaOf(
    table({ key: "audit", fields: [], settings: { menu: 1 }, rights: { read: false, create: true } }),
  );
  expect(menuOf(meta.tables)).toEqual({ shown: [], more: [] });
});
