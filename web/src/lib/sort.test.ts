import { expect, test } from "vitest";
import { ordersOf, sortText, toggled } from "./sort";

test("an order is written as it was read", () => {
  expect(sortText(ordersOf("-created_at, name"))).toBe("-created_at,name");
  expect(ordersOf("")).toEqual([]);
  expect(ordersOf(null)).toEqual([]);
});

test("a column's head goes up, down and off", () => {
  const up = toggled([], "name");
  const down = toggled(up, "name");
  expect([sortText(up), sortText(down), sortText(toggled(down, "name"))]).toEqual(["name", "-name", ""]);
});

test("another column begins anew", () => {
  expect(sortText(toggled(ordersOf("-name"), "city"))).toBe("city");
});
