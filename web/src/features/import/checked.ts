import { z } from "@/lib/zod";

const Column = z.object({
  name: z.string(),
  /** The field it fills; null = it is not imported. */
  field: z.string().nullable(),
  samples: z.array(z.unknown()).default([]),
});
/** A column of the file. */
export type Column = z.infer<typeof Column>;

const Cell = z.object({
  /** As it stands in the file. */
  text: z.string().default(""),
  /** As it is understood. */
  value: z.unknown().optional(),
  fault: z.string().nullish(),
  warning: z.string().nullish(),
});
export type Cell = z.infer<typeof Cell>;

const Row = z.object({
  line: z.number(),
  /** `created`, `updated`, `duplicate` or `faulty`. */
  outcome: z.string().nullish(),
  /** What is to be said of the whole row. */
  note: z.string().nullish(),
  cells: z.record(z.string(), Cell),
});
export type Row = z.infer<typeof Row>;

const figure = z.number().default(0);
const Counts = z.object({
  created: figure,
  updated: figure,
  /** Of the updated ones, those that say nothing new. */
  unchanged: figure,
  duplicates: figure,
  faulty: figure,
  /** Cells left empty or changed in rows that are imported. */
  warnings: figure,
  blank: figure,
});
export type Counts = z.infer<typeof Counts>;

const Checked = z.object({
  file: z.number(),
  file_name: z.string().nullish(),
  columns: z.array(Column),
  rows: z.array(Row),
  counts: Counts,
  /** Names of the worksheets with content; empty for delimited text. */
  sheets: z.array(z.string()).default([]),
  /** Field key → options that it would be given. */
  options_added: z.record(z.string(), z.array(z.string())).default({}),
});
/** What an import would do, as its dry run found out. */
export type Checked = z.infer<typeof Checked>;

/** Null when a job's result is not that of a dry run. */
export function checkedFrom(result: unknown): Checked | null {
  const parsed = Checked.safeParse(result);
  return parsed.success ? parsed.data : null;
}

const Imported = Counts.extend({
  file_name: z.string().nullish(),
  change_set: z.number().nullish(),
  errors_url: z.string().nullish(),
});
/** What an import did. */
export type Imported = z.infer<typeof Imported>;

export function importedFrom(result: unknown): Imported | null {
  const parsed = Imported.safeParse(result);
  return parsed.success ? parsed.data : null;
}
