import { expect, test } from "vitest";
import type { Target } from "./api";
import { choiceOf, faultsOf, firstPlan, matchesOf } from "./plans";

const target: Target = {
  link: "firm",
  table: "firm",
  optional: false,
  creatable: true,
  fields: ["name"],
  values: { name: "云帆" },
  unseen: {},
  matches: [],
};
const match = (id: number, field: string) => ({ id, title: "云帆", visible: true, field });

test("what is here already is taken first, and each record is offered once", () => {
  const found = {
    ...target,
    matches: [{ visible: false, field: "name" }, match(7, "name"), match(7, "phone"), match(8, "phone")],
  };
  expect(matchesOf(found).map(({ id }) => id)).toEqual([7, 8]);
  expect(firstPlan(found).as).toBe(7);
});

test("without a match a new one is made, by those who may", () => {
  expect(firstPlan(target).as).toBe("new");
  expect(firstPlan({ ...target, creatable: false, optional: true }).as).toBe("out");
  expect(firstPlan({ ...target, creatable: false }).as).toBe("other");
});

test("only what was typed is sent; an emptied field as nothing", () => {
  const plan = {
    as: "new" as const,
    typed: { name: " 云帆科技 ", city: "", owner: { id: 3, title: "x" } },
    other: null,
  };
  expect(choiceOf(plan)).toEqual({ values: { name: "云帆科技", city: null, owner: 3 } });
  expect(choiceOf({ ...plan, as: 7 })).toEqual({ id: 7 });
  expect(choiceOf({ ...plan, as: "other", other: { id: 9, title: "云帆" } })).toEqual({ id: 9 });
  expect(choiceOf({ ...plan, as: "out" })).toBeNull();
});

test("each target gets its own faults", () => {
  const faults = { "firm.name": "必填", firmware: "x", person: "必填" };
  expect(faultsOf(faults, "firm")).toEqual({ name: "必填" });
  expect(faultsOf(faults, "person")).toEqual({ "": "必填" });
});
