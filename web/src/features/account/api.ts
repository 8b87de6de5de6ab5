import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { z } from "@/lib/zod";

const Device = z.object({
  id: z.number(),
  created_at: z.string(),
  last_seen_at: z.string(),
  ip: z.string(),
  agent: z.string(),
  current: z.boolean(),
});
/** A place where I am logged in. */
export type Device = z.infer<typeof Device>;

export const devicesQuery = queryOptions({
  queryKey: ["account", "devices"],
  queryFn: async ({ signal }) =>
    z.object({ sessions: z.array(Device) }).parse(await call("GET", "/sessions", { signal })).sessions,
});

export const logOutDevices = async (ids: readonly number[]) => {
  for (const id of ids) await call<void>("DELETE", `/sessions/${id}`);
};

const Key = z.object({
  id: z.number(),
  name: z.string(),
  prefix: z.string(),
  tables: z.array(z.string()).nullable(),
  actions: z.array(z.string()).nullable(),
  per_minute: z.number(),
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
});
export type Key = z.infer<typeof Key>;

export const keysQuery = queryOptions({
  queryKey: ["account", "keys"],
  queryFn: async ({ signal }) =>
    z.object({ api_keys: z.array(Key) }).parse(await call("GET", "/api_keys", { signal })).api_keys,
});

/** Without tables or actions the key is not narrowed in that respect. */
export type NewKey = { name: string; tables?: string[]; actions?: string[]; per_minute: number; expires_at?: string };

export const createKey = async (key: NewKey) =>
  z.object({ key: z.string() }).parse(await call("POST", "/api_keys", { body: key })).key;

export const revokeKey = (id: number) => call<void>("DELETE", `/api_keys/${id}`);
