import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { Label } from "@/lib/i18n";
import { z } from "@/lib/zod";
import { adminKey } from "../use-write";

const LabelShape = z.object({ zh: z.string(), en: z.string() });

const DesignField = z.object({
  key: z.string(),
  type: z.string(),
  label: LabelShape,
  help: LabelShape.nullable(),
  options: z.record(z.string(), z.unknown()),
  required: z.boolean(),
  unique: z.boolean(),
  automatic: z.boolean(),
  default: z.unknown().optional(),
  source: z.string(),
  widget: z.string(),
  refers: z.object({ table: z.string(), many: z.boolean() }).nullable(),
  aliases: z.array(z.string()).default([]),
});
/** A field with all that its maker may know. */
export type DesignField = z.infer<typeof DesignField>;

const DesignTable = z.object({
  key: z.string(),
  label: LabelShape,
  source: z.string(),
  /** Whole, because what is left out of a change goes back to its default. */
  settings: z.record(z.string(), z.unknown()),
  fields: z.array(DesignField),
});
export type DesignTable = z.infer<typeof DesignTable>;

const at = (table: string, tail = "") => `/tables/${encodeURIComponent(table)}${tail}`;

export const designQuery = (table: string) =>
  queryOptions({
    queryKey: [...adminKey, "table", table],
    queryFn: async ({ signal }) => DesignTable.parse(await call("GET", at(table), { signal })),
  });

/** A field as it is sent to be made. */
export type Definition = {
  key: string;
  type: string;
  label: Label;
  help?: Label | null;
  options?: Record<string, unknown>;
  required?: boolean;
  unique?: boolean;
  default?: unknown;
  aliases?: string[];
};

export type NewTable = {
  key: string;
  label: Label;
  fields: Definition[];
  settings: Record<string, unknown>;
};

export const createTable = (table: NewTable) => call<unknown>("POST", "/tables", { body: table });

export type TableChange = { label?: Label; settings?: Record<string, unknown>; fields?: string[] };

export const changeTable = ({ table, ...change }: TableChange & { table: string }) =>
  call<unknown>("PATCH", at(table), { body: change });

export const deleteTable = (table: string) => call<void>("DELETE", at(table));

export const addField = (table: string, field: Definition) =>
  call<unknown>("POST", at(table, "/fields"), { body: field });

export const changeField = (table: string, field: string, changes: Partial<Definition>) =>
  call<unknown>("PATCH", at(table, `/fields/${encodeURIComponent(field)}`), { body: changes });

export const deleteField = (table: string, field: string) =>
  call<unknown>("DELETE", at(table, `/fields/${encodeURIComponent(field)}`));
