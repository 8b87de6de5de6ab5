import { call } from "@/api/client";
import { putJob } from "@/api/jobs";
import type { Table } from "@/api/meta";
import { upload } from "@/api/upload";
import type { Mapping } from "./mapping";
import type { Options } from "./options";
import { told } from "./told";

const at = ({ key }: Table) => `/tables/${encodeURIComponent(key)}/import`;

type Sending = Parameters<typeof upload>[2];

/** Stores a file and begins to look at what importing it would do; its columns are mapped automatically. */
export async function sendFile(table: Table, file: File, options: Options, sending: Sending): Promise<number> {
  const body = new FormData();
  body.append("options", JSON.stringify({ ...told(table, options, null), dry_run: true }));
  body.append("file", file);
  return putJob(await upload(at(table), body, sending));
}

/** `mapping` null = automatic. */
export type Asked = { file: number; mapping: Mapping | null; options: Options };

/** Begins to look again, with another mapping or other options. */
export const startCheck = (table: Table, asked: Asked) => begin(table, asked, true);

export const startImport = (table: Table, asked: Asked) => begin(table, asked, false);

async function begin(table: Table, { file, mapping, options }: Asked, dry_run: boolean): Promise<number> {
  const body = { file, options: { ...told(table, options, mapping), dry_run } };
  return putJob(await call("POST", at(table), { body }));
}
