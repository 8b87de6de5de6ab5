import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { z } from "@/lib/zod";
import { adminKey } from "../use-write";

const scopes = z.array(z.unknown()).default([]);
const keys = z.array(z.string()).default([]);

const Grant = z.object({
  tables: keys,
  read: scopes,
  create: scopes,
  update: scopes,
  delete: scopes,
  actions: z.record(z.string(), z.array(z.unknown())).default({}),
  hide: keys,
  mask: keys,
  read_only: keys,
});
/** One entry of a role, as it is written. */
export type Grant = z.infer<typeof Grant>;

const Role = z.object({
  key: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  superuser: z.boolean(),
  grants: z.array(Grant),
  source: z.string(),
});
export type Role = z.infer<typeof Role>;

export const rolesQuery = queryOptions({
  queryKey: [...adminKey, "roles"],
  queryFn: async ({ signal }) =>
    z.object({ roles: z.array(Role) }).parse(await call("GET", "/roles", { signal })).roles,
});

export const createRole = (role: Omit<Role, "source">) => call<unknown>("POST", "/roles", { body: role });

export const changeRole = ({ key, ...changed }: Partial<Role> & { key: string }) =>
  call<unknown>("PATCH", `/roles/${key}`, { body: changed });

export const deleteRole = (key: string) => call<void>("DELETE", `/roles/${key}`);
