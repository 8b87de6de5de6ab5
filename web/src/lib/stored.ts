import type { z } from "./zod";

/** What this browser remembers under `key`; anything that does not parse counts as absent. */
export function stored<T>(key: string, shape: z.ZodType<T>): T | null {
  try {
    const parsed = shape.safeParse(JSON.parse(localStorage.getItem(key) ?? "null"));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Remembers `value`; a browser that refuses storage simply forgets. */
export function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows and full disks: a preference is not worth an error.
  }
}
