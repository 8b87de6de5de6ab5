import type { NewKey } from "./api";

/** What a key can be narrowed to. */
export const ACTIONS = [
  "read",
  "create",
  "update",
  "delete",
  "claim",
  "return",
  "assign",
  "transfer",
  "convert",
  "import",
  "export",
] as const;

/** Days a key is good for; 0: until it is revoked. */
export const EXPIRIES = ["30", "90", "365", "0"] as const;
export type Expiry = (typeof EXPIRIES)[number];

export type Typed = { name: string; tables: string[]; actions: string[]; expiry: Expiry; perMinute: number };

const DAY_MS = 86_400_000;

/** What is sent: what is not narrowed is left out, for an empty list would mean nothing at all. */
export function keyOf({ name, tables, actions, expiry, perMinute }: Typed, now: Date): NewKey {
  const days = Number(expiry);
  return {
    name: name.trim(),
    per_minute: perMinute,
    ...(tables.length > 0 ? { tables } : {}),
    ...(actions.length > 0 ? { actions } : {}),
    ...(days > 0 ? { expires_at: new Date(now.getTime() + days * DAY_MS).toISOString() } : {}),
  };
}
