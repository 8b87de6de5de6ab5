import { describe, expect, it } from "vitest";
import type { Account } from "./api";
import { peopleOf } from "./people-of";
import { placeOf } from "./use-people-state";

const departments = [
  { id: 1, name: "销售", parent: null },
  { id: 2, name: "一组", parent: 1 },
];
const person = (id: number, name: string, department: number | null, active = true) =>
  ({ id, name, email: `p${id}@x.cn`, department, active }) as Account;
const everybody = [person(1, "管理员", null), person(2, "林若溪", 2, false), person(3, "周浩然", 1)];
const names = (...asked: [ReturnType<typeof placeOf>, string]) =>
  peopleOf(everybody, departments, ...asked).map(({ name }) => name);

describe("the people of a place", () => {
  it("are those of the department and below, with those who left at the end", () => {
    expect(names(1, "")).toEqual(["周浩然", "林若溪"]);
    expect(names("all", "")).toEqual(["管理员", "周浩然", "林若溪"]);
    expect(names("none", "")).toEqual(["管理员"]);
  });

  it("are found by name or e-mail address", () => {
    expect(names("all", " 若溪 ")).toEqual(["林若溪"]);
    expect(names("all", "P3@")).toEqual(["周浩然"]);
  });
});

it("reads the place from the address, and shows everybody when it makes no sense", () => {
  expect([placeOf("7"), placeOf("none"), placeOf(null), placeOf("x"), placeOf("-1")]).toEqual([
    7,
    "none",
    "all",
    "all",
    "all",
  ]);
});
