import type { Field, Table } from "@/api/meta";

/** The fields a person fills in, in the order of the table: those of a new record, or those that may be changed. */
export const formFields = (table: Table, isNew: boolean): Field[] =>
  table.fields.filter((field) => !field.automatic && (isNew ? field.creatable : field.readable && field.writable));

const SYMBOLS = ["@me", "@my_department", "@now"];

/** What a new record begins with, so that it can be seen and changed before saving. */
export function firstValues(fields: readonly Field[], me: { id: number; department: number | null }, now: Date) {
  const values: Record<string, unknown> = {};
  for (const { key, default: preset } of fields) {
    if (preset === null || preset === undefined) continue;
    if (typeof preset === "string" && SYMBOLS.includes(preset)) {
      values[key] = preset === "@me" ? me.id : preset === "@now" ? now.toISOString() : me.department;
    } else if (typeof preset !== "string" || !preset.startsWith("@")) values[key] = preset;
  }
  return values;
}

/** Required fields that are still empty. */
export function missing(fields: readonly Field[], values: Record<string, unknown>): Field[] {
  return fields.filter(({ key, required }) => {
    const value = values[key];
    return required && (value === null || value === undefined || (typeof value === "string" && !value.trim()));
  });
}

/** Values as they are sent: linked records and files by their ids. */
export function sent(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, bare(value)]));
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value === "object" && value !== null && "id" in value) return value.id;
  return typeof value === "string" ? value.trim() || null : value;
}
