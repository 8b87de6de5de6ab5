import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { Tree } from "@/lib/filter-tree";
import { z } from "@/lib/zod";
import { call } from "./client";
import type { View } from "./meta";

const Shared = z.object({ everyone: z.boolean(), departments: z.array(z.number()), roles: z.array(z.string()) });
export type Shared = z.infer<typeof Shared>;

const SavedView = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  filter: z.unknown().optional(),
  sort: z.string(),
  columns: z.array(z.string()),
  /** Columns, orders and conditions that are gone, or hidden from me. */
  skipped: z.record(z.string(), z.number()),
  owner: z.number(),
  shared: Shared,
  editable: z.boolean(),
  version: z.number(),
});
export type SavedView = z.infer<typeof SavedView>;

const SavedViews = z.object({
  views: z.array(SavedView),
  default: z.string().nullish(),
  may_share: z.object({ everybody: z.boolean(), departments: z.array(z.number()) }),
});
export type SavedViews = z.infer<typeof SavedViews>;

const at = (table: string, tail = "") => `/tables/${encodeURIComponent(table)}/views${tail}`;

/** My saved views of a table, those shared with me, and with which one its list opens. */
export const savedViewsQuery = (table: string) =>
  queryOptions({
    queryKey: ["views", table],
    queryFn: async ({ signal }) => SavedViews.parse(await call("GET", at(table), { signal })),
    staleTime: 60_000,
  });

export type Look = { name: string; filter: Tree | null; sort: string; columns: string[]; shared: Shared };

export const createView = async (table: string, look: Look) =>
  SavedView.parse(await call("POST", at(table), { body: look }));

export const changeView = async (table: string, { id, version }: SavedView, change: Partial<Look>) =>
  SavedView.parse(await call("PATCH", at(table, `/${id}`), { body: { version, ...change } }));

export const deleteView = (table: string, id: number) => call<unknown>("DELETE", at(table, `/${id}`));

export const chooseDefault = (table: string, view: string | null) =>
  call<unknown>("PUT", at(table, "/default"), { body: { view } });

export const refreshViews = (client: QueryClient, table: string) =>
  client.invalidateQueries({ queryKey: ["views", table] });

/** A saved view as lists know views: its name is the same in every language. */
export const asView = ({ key, name, filter, sort, columns }: SavedView): View => ({
  key,
  label: { zh: name, en: name },
  filter,
  sort,
  columns: columns.length > 0 ? columns : null,
});
