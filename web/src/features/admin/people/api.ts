import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { z } from "@/lib/zod";
import { adminKey } from "../use-write";

const Account = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  department: z.number().nullable(),
  active: z.boolean(),
  language: z.string(),
  must_change_password: z.boolean(),
  last_login_at: z.string().nullable(),
});
/** A user as administrators see him. */
export type Account = z.infer<typeof Account>;

export const accountsQuery = queryOptions({
  queryKey: [...adminKey, "users"],
  queryFn: async ({ signal }) =>
    z.object({ users: z.array(Account) }).parse(await call("GET", "/users", { signal })).users,
});

export type AccountValues = Pick<Account, "name" | "email" | "roles" | "department" | "language">;

const Made = Account.extend({ password: z.string().optional() });

export const createAccount = async (values: AccountValues) =>
  Made.parse(await call("POST", "/users", { body: values }));

export const changeAccount = async ({ id, ...values }: Partial<Account> & { id: number }) =>
  Account.parse(await call("PATCH", `/users/${id}`, { body: values }));

export const archiveAccount = (id: number) => call<void>("DELETE", `/users/${id}`);

export const resetPassword = async (id: number) =>
  z.object({ password: z.string() }).parse(await call("POST", `/users/${id}/reset`)).password;

export const createDepartment = async (values: { name: string; parent: number | null }) =>
  z.object({ id: z.number() }).parse(await call("POST", "/departments", { body: values }));

export const changeDepartment = ({ id, ...values }: { id: number; name?: string; parent?: number | null }) =>
  call<unknown>("PATCH", `/departments/${id}`, { body: values });

export const archiveDepartment = (id: number) => call<void>("DELETE", `/departments/${id}`);
