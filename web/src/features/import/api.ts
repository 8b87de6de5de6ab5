import { call } from "@/api/client";
import { putJob } from "@/api/jobs";
import { upload } from "@/api/upload";
import { z } from "@/lib/zod";
import type { Mapping } from "./mapping";
import type { Options } from "./options";

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
const Counts = z.object({ created: figure, updated: figure, duplicates: figure, faulty: figure, blank: figure });
export type Counts = z.infer<typeof Counts>;

const Checked = z.object({
  file: z.number(),
  file_name: z.string().nullish(),
  columns: z.array(Column),
  rows: z.array(Row),
  counts: Counts,
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

const at = (table: string) => `/tables/${encodeURIComponent(table)}/import`;

const told = ({ mode, match, unknown }: Options, mapping: Mapping | null) => ({
  ...(mapping ? { mapping } : {}),
  mode,
  match,
  unknown_option: unknown,
});

type Sending = Parameters<typeof upload>[2];

/** Stores a file and begins to look at what importing it would do; its columns are mapped automatically. */
export async function sendFile(table: string, file: File, options: Options, sending: Sending): Promise<number> {
  const body = new FormData();
  body.append("options", JSON.stringify({ ...told(options, null), dry_run: true }));
  body.append("file", file);
  return putJob(await upload(at(table), body, sending));
}

type Asked = { file: number; mapping: Mapping; options: Options };

/** Begins to look again, with another mapping or other options. */
export const startCheck = async (table: string, { file, mapping, options }: Asked) =>
  putJob(await call("POST", at(table), { body: { file, options: { ...told(options, mapping), dry_run: true } } }));

export const startImport = async (table: string, { file, mapping, options }: Asked) =>
  putJob(await call("POST", at(table), { body: { file, options: { ...told(options, mapping), dry_run: false } } }));
