import { describe, expect, it } from "vitest";
import type { Field, Table } from "@/api/meta";
import { exampleOf, writtenIn } from "./examples";

const NOW = new Date("2026-11-22T03:00:00Z");

const field = (key: string, type: string, more: Partial<Field> = {}): Field =>
  ({
    key,
    type,
    label: { zh: key, en: key },
    required: false,
    automatic: false,
    creatable: true,
    operators: [],
    widget: type,
    readable: true,
    writable: true,
    masked: false,
    unique: false,
    source: "app",
    ...more,
  }) as Field;

const table = {
  key: "lead",
  label: { zh: "线索", en: "Lead" },
  settings: { columns: ["name", "grade", "hot"] },
  fields: [
    field("name", "text"),
    field("phone", "phone", { required: true }),
    field("grade", "dropdown", { options: { choices: [{ key: "A" }] } }),
    field("hot", "switch"),
    field("number", "auto_number", { automatic: true }),
    field("owner", "user", { refers: { table: "@user", many: false } }),
  ],
} as unknown as Table;

describe("an example", () => {
  it("creates with what is required first, and only with what people may give", () => {
    expect(exampleOf(table, "create", NOW).body).toEqual({ phone: "13800138000", name: "name", grade: "A", hot: true });
  });

  it("lists the columns of the list", () => {
    expect(exampleOf(table, "list", NOW).path).toBe(
      "/api/v1/tables/lead/records?limit=3&count=exact&sort=-created_at&fields=name,grade,hot",
    );
  });

  it("changes with a version, so that nobody's work is lost", () => {
    expect(exampleOf(table, "change", NOW).body).toEqual({ records: [{ id: 1, version: 1, phone: "13800138000" }] });
  });

  it("is quoted for a shell", () => {
    const said = writtenIn("curl", { method: "POST", path: "/x", body: { name: "it's" } }, "http://t");
    expect(said).toContain(`-d '{"name":"it'\\''s"}'`);
  });

  it("says True in Python", () => {
    expect(writtenIn("python", exampleOf(table, "create", NOW), "http://t")).toContain('"hot": True');
  });
});
