import { expect, it } from "vitest";
import { keyOf, type Typed } from "./key-limits";

const typed: Typed = { name: " 官网表单 ", tables: [], actions: [], expiry: "0", perMinute: 600 };
const now = new Date("2026-11-22T00:00:00Z");

it("a key that is not narrowed says so by saying nothing", () => {
  expect(keyOf(typed, now)).toEqual({ name: "官网表单", per_minute: 600 });
});

it("a narrowed key names its tables, its actions and its last moment", () => {
  expect(keyOf({ ...typed, tables: ["lead"], actions: ["create"], expiry: "30" }, now)).toEqual({
    name: "官网表单",
    per_minute: 600,
    tables: ["lead"],
    actions: ["create"],
    expires_at: "2026-12-22T00:00:00.000Z",
  });
});
