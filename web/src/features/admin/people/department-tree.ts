import type { Department } from "@/api/meta";

export type Branch = Department & { depth: number; below: Branch[] };

/** The departments as the tree they are; one whose parent is not there counts as a root. */
export function treeOf(departments: readonly Department[]): Branch[] {
  const known = new Set(departments.map(({ id }) => id));
  const under = (parent: number | null, depth: number): Branch[] =>
    departments
      .filter((one) => (one.parent && known.has(one.parent) ? one.parent : null) === parent)
      .map((one) => ({ ...one, depth, below: under(one.id, depth + 1) }));
  return under(null, 0);
}

/** A department and all below it. */
export function withBelow(departments: readonly Department[], id: number): Set<number> {
  const found = new Set([id]);
  // A parent may stand behind its child in the list, so one round need not find all.
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const one of departments) if (one.parent && found.has(one.parent)) found.add(one.id);
  }
  return found;
}

/** How many of `people` are in each department or below it. */
export function headCounts(
  departments: readonly Department[],
  people: readonly { department: number | null }[],
): Map<number, number> {
  const above = new Map(departments.map(({ id, parent }) => [id, parent ?? null]));
  const counts = new Map<number, number>();
  for (const { department } of people) {
    const passed = new Set<number>();
    for (let at = department; at !== null && !passed.has(at); at = above.get(at) ?? null) {
      passed.add(at);
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
  }
  return counts;
}
