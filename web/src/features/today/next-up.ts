import type { Part } from "./use-queue";
import { type Waiting, waitingKey } from "./waiting";

/** After the overdue ones the new ones: whom one agreed on a later hour with is not called before it. */
const ONWARD: readonly Part[] = ["late", "fresh", "today"];

export type NextUp = { part: Part; one: Waiting };

/** Who comes after somebody: the one below him, else the first left in this part, else the first of another. */
export function nextUp(parts: Record<Part, readonly Waiting[]>, part: Part, chosen: string | null): NextUp | null {
  const here = parts[part];
  const place = here.findIndex((one) => waitingKey(one) === chosen);
  const others = (all: readonly Waiting[]) => all.find((one) => waitingKey(one) !== chosen);
  const below = here[place + 1] ?? others(here);
  if (below) return { part, one: below };
  for (const other of ONWARD) {
    const one = others(parts[other]);
    if (one) return { part: other, one };
  }
  return null;
}
