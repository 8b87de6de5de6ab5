import { describe, expect, it } from "vitest";
import { deedOf, type Names } from "./words";

const names: Names = {
  person: (id) => (id === 7 ? "林若溪" : ""),
  department: (id) => `#${id}`,
  role: (key) => (key === "rep" ? "坐席" : key),
  table: (key) => (key === "lead" ? "线索" : key),
  field: (table, key) => (table === "lead" && key === "phone" ? "手机" : key),
  label: ({ zh }) => zh,
};
const deed = (action: string, facts: Record<string, unknown>) => deedOf({ action, facts }, names);

describe("an entry of the audit", () => {
  it("names people as they are called now, or by their address when they are gone", () => {
    expect(deed("user.changed", { user: 7 }).subject).toBe("林若溪");
    expect(deed("user.archived", { user: 9, email: "nine@x.cn" })).toMatchObject({
      subject: "nine@x.cn",
      look: "gone",
    });
  });

  it("tells before and after, and only of what changed", () => {
    expect(deed("user.changed", { user: 7, changed: { active: [true, false], name: ["甲", "甲"] } }).changed).toEqual([
      { name: "active", from: true, to: false },
    ]);
    expect(deed("department.changed", { name: ["华东", "华东大区"], parent: [1, 1] })).toMatchObject({
      subject: "华东大区",
      changed: [{ name: "name", from: "华东", to: "华东大区" }],
    });
  });

  it("names several fields of a table", () => {
    expect(deed("field.created", { table: "lead", fields: ["phone", "nick"] })).toMatchObject({
      subject: "手机、nick",
      table: "线索",
      did: "field_created",
    });
  });

  it("calls what was taken out by the name it had", () => {
    const label = { zh: "课程", en: "Course" };
    expect(deed("table.deleted", { table: "course", label }).subject).toBe("课程");
    const field = { key: "level", label: { zh: "级别", en: "Level" } };
    expect(deed("field.deleted", { table: "course", label, fields: [field] })).toMatchObject({
      subject: "级别",
      table: "课程",
    });
  });

  it("calls a role by the name it was given then", () => {
    expect(deed("role.put", { key: "rep", label: { zh: "电销", en: "Rep" } }).subject).toBe("电销");
    expect(deed("role.deleted", { key: "rep" }).subject).toBe("坐席");
  });

  it("of an export says what was taken out", () => {
    expect(deed("records.exported", { table: "lead", records: 120 })).toMatchObject({
      subject: "线索",
      did: "records_exported",
    });
  });

  it("that nobody has words for yet is told all the same", () => {
    expect(deed("dial_campaign.started", { campaign: 3 })).toMatchObject({ did: null, changed: [], look: "plain" });
  });

  it("with facts of another form does not break", () => {
    expect(deed("user.changed", { user: "?", changed: { roles: "x" } })).toMatchObject({ subject: "", changed: [] });
    expect(deed("role.put", {}).subject).toBe("");
  });
});
