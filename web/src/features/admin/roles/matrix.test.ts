import { describe, expect, it } from "vitest";
import type { Grant } from "./api";
import { emptyRow, grantsOf, limitOf, rowsOf, scopeFrom, scopeKey, withLimit } from "./matrix";

const grant = (tables: string[], more: Partial<Grant> = {}): Grant => ({
  tables,
  read: [],
  create: [],
  update: [],
  delete: [],
  actions: {},
  hide: [],
  mask: [],
  read_only: [],
  ...more,
});

const team = [
  grant(["lead", "account"], {
    read: ["own", "pool"],
    create: ["own"],
    actions: { claim: ["pool"], return: ["own"] },
    mask: ["phone"],
  }),
  grant(["account"], { read: ["department"] }),
  grant(["quote"], { delete: [{ where: { field: "status", op: "eq", value: "draft" } }], read: [{ via: "account" }] }),
];

const sorted = (grants: readonly Grant[]) =>
  rowsOf(grants)
    .map((row) => JSON.stringify(row))
    .sort();

describe("the matrix of a role", () => {
  it("has a line for each table an entry names, and keeps two entries of one table apart", () => {
    const rows = rowsOf(team);
    expect(rows.map(({ table }) => table)).toEqual(["lead", "account", "account", "quote"]);
    expect(rows[1]?.limits.mask).toEqual(["phone"]);
    expect(rows[2]?.limits.mask).toEqual([]);
    expect(rows[0]?.scopes).toEqual({ read: ["own", "pool"], create: ["own"], claim: ["pool"], return: ["own"] });
  });

  it("written back says the same", () => {
    expect(sorted(grantsOf(rowsOf(team)))).toEqual(sorted(team));
  });

  it("written back is as short as it was", () => {
    expect(grantsOf(rowsOf(team))).toEqual(team);
  });

  it("leaves out a line that grants nothing, so that it is not taken for a right", () => {
    expect(grantsOf([emptyRow("lead"), withLimit(emptyRow("task"), "phone", "hide")])).toEqual([]);
  });

  it("puts a changed table apart and leaves the others of its entry alone", () => {
    const [lead, ...others] = rowsOf(team);
    const changed = grantsOf([{ ...lead!, scopes: { read: ["all"] } }, ...others]);
    expect(changed.map(({ tables }) => tables)).toEqual([["lead"], ["account"], ["account"], ["quote"]]);
    expect(changed[1]?.actions).toEqual({ claim: ["pool"], return: ["own"] });
  });
});

it("a field has one limit at most", () => {
  const masked = withLimit(emptyRow("lead"), "phone", "mask");
  const hidden = withLimit(masked, "phone", "hide");
  expect([limitOf(masked, "phone"), limitOf(hidden, "phone")]).toEqual(["mask", "hide"]);
  expect(withLimit(hidden, "phone", null)).toEqual(emptyRow("lead"));
});

it("a scope survives being the value of a choice", () => {
  for (const scope of ["own", { via: "account" }, { where: { any: [] } }, { later: 1 }]) {
    expect(scopeFrom(scopeKey(scope))).toEqual(scope);
  }
});
