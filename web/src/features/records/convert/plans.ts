import { sent } from "../form/fields-of-form";
import type { Choice, Match, Target } from "./api";

/** What is to become of one target: a new record, none, or the one with this id. */
export type Plan = { as: "new" | "out" | "other" | number; typed: Record<string, unknown>; other: unknown };

const shownMatches = ({ matches }: Target): (Match & { id: number })[] =>
  matches.flatMap((match) => (match.visible && match.id ? [{ ...match, id: match.id }] : []));

/** Each record once, though several fields may be alike. */
export function matchesOf(target: Target): (Match & { id: number })[] {
  const found = shownMatches(target);
  return found.filter(({ id }, place) => found.findIndex((one) => one.id === id) === place);
}

/** What is here already is taken; two customers of one name are a mistake far more often than not. */
export function firstPlan(target: Target): Plan {
  const [match] = matchesOf(target);
  const as = match ? match.id : target.creatable ? "new" : target.optional ? "out" : "other";
  return { as, typed: {}, other: null };
}

/** What is sent: of a new record only what was typed, the rest is taken over as it was proposed. */
export function choiceOf({ as, typed, other }: Plan): Choice {
  if (as === "out") return null;
  if (as === "new") return { values: sent(typed) };
  const id = as === "other" ? sent({ other }).other : as;
  return typeof id === "number" ? { id } : { values: {} };
}

/** Faults come as `link.field`; those of one target, by field, and the target's own under "". */
export function faultsOf(fields: Record<string, string>, link: string): Record<string, string> {
  const mine = Object.entries(fields).filter(([key]) => key === link || key.startsWith(`${link}.`));
  return Object.fromEntries(mine.map(([key, why]) => [key.slice(link.length + 1), why]));
}
