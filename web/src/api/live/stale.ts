import type { QueryKey } from "@tanstack/react-query";
import { z } from "@/lib/zod";

/** Which records of which tables changed; null: too many to name; none: one that I may not see any more. */
export const Changes = z.object({ tables: z.record(z.string(), z.array(z.number()).nullable()) });
export type Tables = z.infer<typeof Changes>["tables"];

/** Parts of one record's page that tell of records pointing at it. */
const TOLD_BY_OTHERS = new Set<unknown>(["timeline", "runs"]);

/**
 * Whether what is cached under a key may be outdated by changed records: the records themselves, every list of their
 * table, and the story of those they point at. `targets`: the tables a table links to.
 */
export function isStale(key: QueryKey, tables: Tables, targets: (table: string) => readonly string[]): boolean {
  const [room, table, kind, id, part] = key;
  if (room !== "records" || typeof table !== "string") return false;
  const changed = tables[table];
  if (changed !== undefined && kind !== "one") return true;
  if (changed === null || changed?.length === 0 || changed?.includes(id as number)) return true;
  return kind === "one" && TOLD_BY_OTHERS.has(part) && Object.keys(tables).some((by) => targets(by).includes(table));
}

/** Whether what is cached under a key tells of flows that went on with these records. */
export function hasMoved(key: QueryKey, tables: Tables): boolean {
  const [room, table, kind, id, part] = key;
  if (room === "flows") return true;
  if (room !== "records" || typeof table !== "string" || kind !== "one" || part !== "runs") return false;
  const moved = tables[table];
  return moved === null || Boolean(moved?.includes(id as number));
}

/** Whether what is cached under a key is what people say to each other about one of these records. */
export function wasSaid(key: QueryKey, tables: Tables): boolean {
  const [room, table, kind, id, part] = key;
  if (room !== "records" || typeof table !== "string" || kind !== "one" || part !== "comments") return false;
  const told = tables[table];
  return told === null || Boolean(told?.includes(id as number));
}

/** Both at once. */
export function joined(a: Tables, b: Tables): Tables {
  const all: Tables = { ...a };
  for (const [table, ids] of Object.entries(b)) {
    const known = all[table];
    // All of them, or one that is not named: what is known of the others does not help.
    const isAll = known === null || known?.length === 0 || !ids?.length;
    all[table] = isAll ? null : [...new Set([...(known ?? []), ...ids])];
  }
  return all;
}
