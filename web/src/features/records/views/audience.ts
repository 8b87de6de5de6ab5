import type { Shared } from "@/api/saved-views";

/** Readers of a view as the keys of one list to choose from. */
export const keysOf = ({ everyone, departments, roles }: Shared): string[] => [
  ...(everyone ? ["everyone"] : []),
  ...departments.map((id) => `d:${id}`),
  ...roles.map((role) => `r:${role}`),
];

/** The inverse of `keysOf`. */
export const audienceOf = (keys: readonly string[]): Shared => ({
  everyone: keys.includes("everyone"),
  departments: keys.filter((key) => key.startsWith("d:")).map((key) => Number(key.slice(2))),
  roles: keys.filter((key) => key.startsWith("r:")).map((key) => key.slice(2)),
});
