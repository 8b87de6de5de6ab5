import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { metaKey } from "./keys";
import { User } from "./session";

const LabelShape = z.object({ zh: z.string(), en: z.string() });
const keys = z.array(z.string()).default([]);

const View = z.object({
  key: z.string(),
  label: LabelShape,
  filter: z.unknown().optional(),
  sort: z.union([z.string(), z.array(z.string())]).nullish(),
  columns: z.array(z.string()).nullish(),
});
export type View = z.infer<typeof View>;

const Settings = z.object({
  title: z.string().nullish(),
  subtitle: z.string().nullish(),
  owner: z.string().nullish(),
  department: z.string().nullish(),
  pool: z.boolean().default(false),
  stage: z.string().nullish(),
  /** Stages at which the way ends without its aim. */
  given_up: keys,
  columns: keys,
  facts: keys,
  timeline: z.string().nullish(),
  summary: keys,
  icon: z.string().default("table"),
  menu: z.number().nullish(),
  match: keys,
  /** Only tables of conversations have one: what must be written down after each. */
  wrap_up: z.looseObject({ table: z.string() }).nullish(),
  /** Only tables of call scripts have one: where in them stands what to say, and for whom. */
  script: z.object({ steps: z.string(), answers: z.string().nullish(), by: keys }).nullish(),
  views: z.array(View).default([]),
});

/** A comparison, and what stands in its value. */
const Operator = z.object({ op: z.string(), takes: z.string() });

const Field = z.object({
  key: z.string(),
  type: z.string(),
  label: LabelShape,
  help: LabelShape.nullish(),
  options: z.record(z.string(), z.unknown()).nullish(),
  required: z.boolean().default(false),
  unique: z.boolean().default(false),
  automatic: z.boolean().default(false),
  default: z.unknown().optional(),
  /** `app` when shipped, `user` when the firm added it. */
  source: z.string().default("user"),
  widget: z.string(),
  operators: z.array(Operator).default([]),
  readable: z.boolean().default(true),
  /** May be changed on a record that exists; */
  writable: z.boolean().default(true),
  /** may be given to a new one. */
  creatable: z.boolean().default(true),
  masked: z.boolean().default(false),
  refers: z.object({ table: z.string(), many: z.boolean() }).nullish(),
});
export type Field = z.infer<typeof Field>;

const Table = z.object({
  key: z.string(),
  label: LabelShape,
  source: z.string().default("user"),
  settings: Settings,
  fields: z.array(Field),
  /** What its records become in one step, and the values that say it is done. */
  converts: z
    .object({
      targets: z.array(z.object({ link: z.string(), table: z.string() })),
      set: z.record(z.string(), z.unknown()),
    })
    .nullish(),
  /** By action: create, update, delete, claim, return, assign, transfer, convert, import, export. */
  rights: z.record(z.string(), z.boolean()).default({}),
});

const Person = z.object({
  id: z.number(),
  name: z.string(),
  department: z.number().nullish(),
  active: z.boolean().default(true),
});
export type Person = z.infer<typeof Person>;

const Department = z.object({ id: z.number(), name: z.string(), parent: z.number().nullish() });
export type Department = z.infer<typeof Department>;

const FieldType = z.object({
  type: z.string(),
  label: LabelShape,
  help: LabelShape,
  widget: z.string(),
  automatic: z.boolean().default(false),
  maskable: z.boolean().default(false),
  /** JSON Schema of the settings a field of this type has. */
  options: z.record(z.string(), z.unknown()).default({}),
});
export type FieldType = z.infer<typeof FieldType>;

const Board = z.object({
  key: z.string(),
  label: LabelShape,
  /** Has a place of its own in the menu; */
  menu: z.boolean().default(false),
  /** is where its people begin. */
  home: z.boolean().default(false),
  period: z.string().default("today"),
});
export type Board = z.infer<typeof Board>;

const Meta = z.object({
  version: z.union([z.number(), z.string()]),
  workspace: z.object({ name: z.string(), time_zone: z.string(), currency: z.string() }),
  user: User.extend({ is_administrator: z.boolean().default(false) }),
  tables: z.array(Table),
  users: z.array(Person).default([]),
  departments: z.array(Department).default([]),
  roles: z.array(z.object({ key: z.string(), label: LabelShape })).default([]),
  field_types: z.array(FieldType).default([]),
  /** The dashboards meant for me, in their order. */
  dashboards: z.array(Board).default([]),
  /** First steps of who administrates; those he put away are dismissed. */
  checklists: z.array(z.object({ key: z.string(), label: LabelShape, dismissed: z.boolean() })).default([]),
});
type Answer = z.infer<typeof Meta>;

/** A table with its fields also by key. */
export type Table = z.infer<typeof Table> & {
  byKey: ReadonlyMap<string, Field>;
  /** Views people saved, where a list has asked for them. */
  saved?: readonly View[];
};

/** Whoever shares out a table's records, or brings them in, may see by which rules that is done. */
export const mayOversee = ({ rights }: Table) => Boolean(rights.assign || rights.import);

/** Whether one makes records of a table by hand; those of a table of conversations come from the telephone. */
export const mayCreate = ({ rights, settings }: Table) => Boolean(rights.create) && !settings.wrap_up;

/** The workspace as its user may see it, ready to be looked things up in. */
export type Meta = Omit<Answer, "tables" | "users" | "departments"> & {
  tables: readonly Table[];
  table: ReadonlyMap<string, Table>;
  users: readonly Person[];
  person: ReadonlyMap<number, Person>;
  departments: readonly Department[];
  department: ReadonlyMap<number, Department>;
};

/** Reads the answer of `GET /meta`. Raises a ZodError when it is not what API.md promises. */
export function readMeta(answer: unknown): Meta {
  const parsed = Meta.parse(answer);
  const tables = parsed.tables.map((table) => ({ ...table, byKey: new Map(table.fields.map((f) => [f.key, f])) }));
  return {
    ...parsed,
    tables,
    table: new Map(tables.map((table) => [table.key, table])),
    person: new Map(parsed.users.map((person) => [person.id, person])),
    department: new Map(parsed.departments.map((department) => [department.id, department])),
  };
}

export const metaQuery = queryOptions({
  queryKey: metaKey,
  queryFn: async ({ signal }) => readMeta(await call("GET", "/meta", { signal })),
  staleTime: 60_000,
});

/** The workspace's metadata; suspends until it is here. */
export function useMeta(): Meta {
  return useSuspenseQuery(metaQuery).data;
}

/** `总部 / 华东一组`: a department with those above it. */
export function departmentPath(meta: Meta, id: number): string {
  const names: string[] = [];
  for (
    let at = meta.department.get(id);
    at && names.length < 20;
    at = at.parent ? meta.department.get(at.parent) : undefined
  ) {
    names.unshift(at.name);
  }
  return names.join(" / ");
}
