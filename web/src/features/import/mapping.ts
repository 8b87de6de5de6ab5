import type { Field, Table } from "@/api/meta";
import type { Column } from "./checked";
import type { Options } from "./options";

/** Which field each column of the file fills, by the column's name; null = it is left out. */
export type Mapping = Readonly<Record<string, string | null>>;

export const mappingOf = (columns: readonly Column[]): Mapping =>
  Object.fromEntries(columns.map(({ name, field }) => [name, field]));

/** Fills `field` from `column`. A field is filled by one column, so another that filled it lets go. */
export function withField(mapping: Mapping, column: string, field: string | null): Mapping {
  const freed = Object.entries(mapping).map(([name, filled]) => [name, filled === field ? null : filled]);
  return { ...Object.fromEntries(freed), [column]: field };
}

/** The column that fills `field`. */
export const columnOf = (mapping: Mapping, field: string): string | null =>
  Object.entries(mapping).find(([, filled]) => filled === field)?.[0] ?? null;

/** Fields that a file can fill this way: those one may write, and those by which records are recognised. */
export function importable(table: Table, { mode, match }: Options): Field[] {
  const isWritten = (field: Field) =>
    (mode !== "update" && field.creatable) ||
    (mode !== "create" && (field.writable || (field.readable && match.includes(field.key))));
  return table.fields.filter((field) => !field.automatic && field.refers?.table !== "@file" && isWritten(field));
}

/** Only columns that can be imported this way keep their fields. */
export function usable(table: Table, mapping: Mapping, options: Options): Mapping {
  const known = new Set(importable(table, options).map(({ key }) => key));
  const kept = Object.entries(mapping).map(([name, key]) => [name, key !== null && known.has(key) ? key : null]);
  return Object.fromEntries(kept);
}

/** Fields by which a row can be recognised: what it is, not what it is linked to. */
export const matchable = (table: Table): Field[] =>
  table.fields.filter(
    (field) => !field.automatic && field.readable && !field.refers && field.operators.some(({ op }) => op === "eq"),
  );

/** Fields without which nothing can be imported this way, and which no column fills. */
export function missingFields(table: Table, mapping: Mapping, options: Options): Field[] {
  const { mode, match, set } = options;
  const filled = new Set([...Object.values(mapping), ...Object.keys(filledOf(set))]);
  const creates = mode !== "update";
  const recognises = mode !== "create";
  return table.fields.filter(
    (field) => !filled.has(field.key) && ((creates && isNeeded(field)) || (recognises && match.includes(field.key))),
  );
}

/** The constants that say something. */
export const filledOf = (set: Options["set"]): Options["set"] =>
  Object.fromEntries(
    Object.entries(set).filter(([, value]) => value !== null && value !== undefined && value !== "" && !isNone(value)),
  );

const isNone = (value: unknown) => Array.isArray(value) && value.length === 0;

/** Whether a new record must be given it. */
export const isNeeded = ({ required, automatic, creatable, default: standard }: Field) =>
  required && creatable && !automatic && (standard === null || standard === undefined);

/** Why the import cannot begin with these settings; null when it can. */
export type Obstacle = { kind: "no-columns" } | { kind: "missing"; fields: Field[] } | { kind: "no-match" };

export function obstacleTo(table: Table, mapping: Mapping, options: Options): Obstacle | null {
  const fields = missingFields(table, mapping, options);
  if (options.mode !== "create" && options.match.length === 0) return { kind: "no-match" };
  if (fields.length > 0) return { kind: "missing", fields };
  return Object.values(mapping).every((field) => field === null) ? { kind: "no-columns" } : null;
}
