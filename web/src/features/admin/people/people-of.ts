import type { Department } from "@/api/meta";
import type { Account } from "./api";
import { withBelow } from "./department-tree";
import type { Place } from "./use-people-state";

/** The people of a place whose name or address holds the text; those who left come last. */
export function peopleOf(
  accounts: readonly Account[],
  departments: readonly Department[],
  place: Place,
  search: string,
): Account[] {
  const wanted = search.trim().toLowerCase();
  const inside = typeof place === "number" ? withBelow(departments, place) : null;
  const isHere = ({ department }: Account) =>
    place === "all" || (place === "none" ? department === null : department !== null && inside!.has(department));
  return accounts
    .filter(isHere)
    .filter(({ name, email }) => !wanted || name.toLowerCase().includes(wanted) || email.includes(wanted))
    .sort((a, b) => Number(b.active) - Number(a.active) || a.id - b.id);
}
