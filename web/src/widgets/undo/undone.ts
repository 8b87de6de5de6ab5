import { z } from "@/lib/zod";

const Conflict = z.object({
  table: z.string(),
  record: z.number(),
  /** The field that somebody changed; absent = it is about the whole record. */
  field: z.string().nullish(),
  /** Why it stays as it is. */
  detail: z.string(),
});
/** What an undo left as it is. */
export type Conflict = z.infer<typeof Conflict>;

const Undone = z.object({
  /** Records taken back. */
  undone: z.number().default(0),
  /** The first of them; `conflict_count` counts all. */
  conflicts: z.array(Conflict).default([]),
  conflict_count: z.number().default(0),
});
export type Undone = z.infer<typeof Undone>;

/** Reads the result of an undo's job; nothing undone when it is no such result. */
export function undoneFrom(result: unknown): Undone {
  const parsed = Undone.safeParse(result ?? {});
  return parsed.success ? parsed.data : { undone: 0, conflicts: [], conflict_count: 0 };
}

/** Conflicts of one record together, in the order in which they are told. */
export function byRecord(conflicts: readonly Conflict[]): Conflict[][] {
  const found = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const key = `${conflict.table} ${conflict.record}`;
    found.set(key, [...(found.get(key) ?? []), conflict]);
  }
  return [...found.values()];
}
