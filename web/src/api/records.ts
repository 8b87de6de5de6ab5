import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { recordKey } from "./keys";

/** One record as the API carries it: its fields stand beside `id` and `version`. */
const Rec = z.looseObject({ id: z.number(), version: z.number().optional() });
export type Rec = z.infer<typeof Rec>;

export type ListQuery = {
  filter?: unknown;
  sort?: string | undefined;
  search?: string | undefined;
  fields?: readonly string[];
  limit?: number;
  offset?: number;
  count?: "exact" | "none";
  deleted?: boolean;
};

const Listed = z.object({ records: z.array(Rec), next: z.string().nullish(), count: z.number().nullish() });
export type Listed = z.infer<typeof Listed>;

const at = (table: string, tail = "") => `/tables/${encodeURIComponent(table)}/records${tail}`;

/** A list's parameters as they stand in an address. */
export function listParameters({ filter, fields, ...rest }: ListQuery) {
  return { ...rest, filter: filter ? JSON.stringify(filter) : undefined, fields: fields?.join(",") };
}

export async function listRecords(table: string, query: ListQuery, signal?: AbortSignal): Promise<Listed> {
  const asked = signal ? { query: listParameters(query), signal } : { query: listParameters(query) };
  return Listed.parse(await call("GET", at(table), asked));
}

export async function getRecord(table: string, id: number, signal?: AbortSignal): Promise<Rec> {
  const answer = await call<unknown>("GET", at(table, `/${id}`), signal ? { signal } : {});
  return Rec.parse(answer);
}

/** One record with all its fields. */
export const recordQuery = (table: string, id: number) =>
  queryOptions({ queryKey: recordKey(table, id), queryFn: ({ signal }) => getRecord(table, id, signal) });

export async function createRecord(table: string, values: Record<string, unknown>): Promise<number> {
  const { ids } = z.object({ ids: z.array(z.number()) }).parse(await call("POST", at(table), { body: values }));
  const [id] = ids;
  if (id === undefined) throw new Error("A created record has no id");
  return id;
}

export const updateRecord = (table: string, change: Rec) =>
  call<unknown>("PATCH", at(table), { body: { records: [change] } });

/** Changes many records alike. */
export const updateRecords = (table: string, changes: Rec[]) =>
  call<unknown>("PATCH", at(table), { body: { records: changes } });

export const deleteRecords = (table: string, ids: number[]) => call<unknown>("DELETE", at(table), { body: { ids } });

export type Verb = "claim" | "return" | "assign" | "transfer" | "restore";
export type Act = { ids: number[]; owner?: number; department?: number; reason?: string };

const Acted = z.object({
  done: z.array(z.number()).default([]),
  refused: z.array(z.object({ id: z.number(), detail: z.string() })).default([]),
});
export type Acted = z.infer<typeof Acted>;

export const actOnRecords = async (table: string, verb: Verb, act: Act): Promise<Acted> =>
  Acted.parse((await call("POST", at(table, `/${verb}`), { body: act })) ?? {});

/** After a write everything shown may have changed: effects reach other tables too. */
export const refreshRecords = (client: QueryClient) => client.invalidateQueries({ queryKey: ["records"] });
