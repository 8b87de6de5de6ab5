import { store, stored } from "./stored";
import { z } from "./zod";

const PREFIX = "tuoke.draft.";
const KEPT_MS = 14 * 24 * 3_600_000;
const Kept = z.object({ at: z.number(), values: z.record(z.string(), z.unknown()) });

/** Where something half written is kept in this browser: one's own, by what it is and whom it is about. */
export const draftKey = (user: number, table: string, about: string | number) => `${PREFIX}${user}.${table}.${about}`;

/** What was typed there and not saved; null when nothing was, or long ago. */
export function draftOf(key: string, now: number): Record<string, unknown> | null {
  const kept = stored(key, Kept);
  return kept && now - kept.at < KEPT_MS ? kept.values : null;
}

export function keepDraft(key: string, values: Record<string, unknown>, now: number): void {
  if (Object.keys(values).length === 0) forget(key);
  else store(key, { at: now, values });
}

/** How many there are in this browser. */
export const draftsKept = () => keys().length;

/** Whoever uses this browser next finds nothing of anybody else. */
export function forgetDraftsOfOthers(user: number | null): void {
  for (const key of keys()) if (user === null || !key.startsWith(`${PREFIX}${user}.`)) forget(key);
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that refuses storage has kept nothing.
  }
}
