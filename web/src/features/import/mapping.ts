import type { Field, Table } from "@/api/meta";
import type { Column } from "./api";
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

/** Fields that a file can fill. */
export const importable = (table: Table): Field[] =>
  table.fields.filter(
    (field) => !field.automatic && (field.creatable || field.writable) && field.refers?.table !== "@file",
  );

/** Fields by which a row can be recognised: what it is, not what it is linked to. */
export const matchable = (table: Table): Field[] =>
  importable(table).filter((field) => !field.refers && field.operators.some(({ op }) => op === "eq"));

/** Fields without which nothing can be imported, and which no column fills. */
export function missingFields(table: Table, mapping: Mapping, { mode, match }: Options): Field[] {
  const filled = new Set(Object.values(mapping));
  const creates = mode !== "update";
  const recognises = mode !== "create";
  return importable(table).filter(
    ({ key, required, creatable, default: standard }) =>
      !filled.has(key) &&
      ((creates && required && creatable && (standard === null || standard === undefined)) ||
        (recognises && match.includes(key))),
  );
}

/** Why the import cannot begin with these settings; null when it can. */
export type Obstacle = { kind: "no-columns" } | { kind: "missing"; fields: Field[] } | { kind: "no-match" };

export function obstacleTo(table: Table, mapping: Mapping, options: Options): Obstacle | null {
  if (Object.values(mapping).every((field) => field === null)) return { kind: "no-columns" };
  if (options.mode !== "create" && options.match.length === 0) return { kind: "no-match" };
  const fields = missingFields(table, mapping, options);
  return fields.length > 0 ? { kind: "missing", fields } : null;
}

export const isSameMapping = (one: Mapping, other: Mapping) =>
  Object.keys({ ...one, ...other }).every((name) => (one[name] ?? null) === (other[name] ?? null));
