import type { Grant } from "./api";

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
  "share",
] as const;
export type Action = (typeof ACTIONS)[number];

export const REACHES = ["own", "pool", "pool_below", "department", "department_below", "all"] as const;
export type Reach = (typeof REACHES)[number];

export const LIMITS = ["hide", "mask", "read_only"] as const;
export type Limit = (typeof LIMITS)[number];

/** A word, `{via: field}` or `{where: tree}`; what this version does not know is kept as it came. */
export type Scope = unknown;

/**
 * One line of the matrix: what one entry of the role says about one table. A table may have two, because
 * the limits of an entry hold on its own rows only: put together they would say something else.
 */
export type Row = {
  table: string;
  scopes: Partial<Record<Action, Scope[]>>;
  limits: Record<Limit, string[]>;
};

/** The matrix of a role, in the order the role names its tables. */
export function rowsOf(grants: readonly Grant[]): Row[] {
  return grants.flatMap((grant) => grant.tables.map((table) => ({ table, ...contentOf(grant) })));
}

function contentOf(grant: Grant): Omit<Row, "table"> {
  const { read, create, update, delete: remove, actions } = grant;
  const all = { read, create, update, delete: remove, ...actions };
  const granted = Object.entries(all).filter(([, scopes]) => scopes.length > 0);
  return {
    scopes: Object.fromEntries(granted),
    limits: { hide: grant.hide, mask: grant.mask, read_only: grant.read_only },
  };
}

/** The shortest entries that say the same; lines that grant nothing are dropped. */
export function grantsOf(rows: readonly Row[]): Grant[] {
  const grants = new Map<string, Grant>();
  for (const row of rows) {
    if (Object.values(row.scopes).every((scopes) => !scopes?.length)) continue;
    const grant = grantOf(row);
    const content = JSON.stringify({ ...grant, tables: [] });
    const known = grants.get(content);
    if (!known) grants.set(content, grant);
    else if (!known.tables.includes(row.table)) known.tables.push(row.table);
  }
  return [...grants.values()];
}

function grantOf({ table, scopes, limits }: Row): Grant {
  const { read = [], create = [], update = [], delete: remove = [], ...special } = scopes;
  const actions = ACTIONS.filter((action) => (special as Row["scopes"])[action]?.length);
  return {
    tables: [table],
    read,
    create,
    update,
    delete: remove,
    actions: Object.fromEntries(actions.map((action) => [action, (special as Row["scopes"])[action] ?? []])),
    hide: limits.hide,
    mask: limits.mask,
    read_only: limits.read_only,
  };
}

export const emptyRow = (table: string): Row => ({
  table,
  scopes: {},
  limits: { hide: [], mask: [], read_only: [] },
});

/** Which of the three limits, if any, stands on a field; hiding says more than masking, masking more than read only. */
export const limitOf = ({ limits }: Row, field: string): Limit | null =>
  LIMITS.find((limit) => limits[limit].includes(field)) ?? null;

/** The row with one limit on a field, or none. */
export function withLimit(row: Row, field: string, limit: Limit | null): Row {
  const limits = { ...row.limits };
  for (const one of LIMITS) {
    const others = limits[one].filter((key) => key !== field);
    limits[one] = one === limit ? [...others, field] : others;
  }
  return { ...row, limits };
}

/** A scope as the value of a choice, and back. */
export const scopeKey = (scope: Scope) => (typeof scope === "string" ? scope : JSON.stringify(scope));
export const scopeFrom = (key: string): Scope => (key.startsWith("{") ? JSON.parse(key) : key);
