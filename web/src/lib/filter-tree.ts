import { isComplete } from "./operators";
import { z } from "./zod";

/** A filter as the API speaks it. */
export type Tree = Leaf | { all: Tree[] } | { any: Tree[] } | { not: Tree };
export type Leaf = { field: string; op: string; value?: unknown };

const Shape: z.ZodType<Tree> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Shape) }),
    z.strictObject({ any: z.array(Shape) }),
    z.strictObject({ not: Shape }),
    z.strictObject({ field: z.string().min(1), op: z.string().min(1), value: z.unknown().optional() }),
  ]),
);

/** A tree, or null when `value` is none. */
export function treeFrom(value: unknown): Tree | null {
  const parsed = Shape.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** A filter as people edit it: groups in groups, of which each says how its parts must hold. */
export type Match = "all" | "any" | "none";
export type DraftLeaf = { id: number; field: string; op: string; value: unknown };
export type DraftGroup = { id: number; match: Match; parts: Draft[] };
export type Draft = DraftLeaf | DraftGroup;

export const isGroup = (draft: Draft): draft is DraftGroup => "parts" in draft;

let drafted = 0;
const newId = () => ++drafted;

export const emptyGroup = (match: Match = "all"): DraftGroup => ({ id: newId(), match, parts: [] });
export const emptyLeaf = (field: string, op: string): DraftLeaf => ({ id: newId(), field, op, value: null });

/** The draft that means `tree`; its outermost part is always a group. */
export function draftOf(tree: Tree | null): DraftGroup {
  if (!tree) return emptyGroup();
  const draft = draftPart(tree);
  return isGroup(draft) ? draft : { ...emptyGroup(), parts: [draft] };
}

function draftPart(tree: Tree): Draft {
  if ("all" in tree) return { id: newId(), match: "all", parts: tree.all.map(draftPart) };
  if ("any" in tree) return { id: newId(), match: "any", parts: tree.any.map(draftPart) };
  if (!("not" in tree)) return { id: newId(), field: tree.field, op: tree.op, value: tree.value ?? null };
  // "None of these" is the negation of "any of these".
  const denied = "any" in tree.not ? tree.not.any : [tree.not];
  return { id: newId(), match: "none", parts: denied.map(draftPart) };
}

/** What the draft means; conditions that are still being filled in are left out. Null when nothing is left. */
export function treeOf(draft: Draft): Tree | null {
  if (!isGroup(draft)) return leafOf(draft);
  const parts = draft.parts.map(treeOf).filter((part) => part !== null);
  if (parts.length === 0) return null;
  if (draft.match === "none") return { not: { any: parts } };
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return draft.match === "all" ? { all: parts } : { any: parts };
}

function leafOf({ field, op, value }: DraftLeaf): Tree | null {
  if (!field || !isComplete(op, value)) return null;
  return value === null || value === undefined ? { field, op } : { field, op, value };
}

/** Records for which every one of the trees holds. */
export function allOf(...trees: (Tree | null | undefined)[]): Tree | null {
  const parts = trees.filter((tree) => tree !== null && tree !== undefined);
  if (parts.length > 1) return { all: parts };
  return parts[0] ?? null;
}

/** How many conditions a tree has. */
export function leavesOf(tree: Tree | null): number {
  if (!tree) return 0;
  if ("all" in tree) return tree.all.reduce((sum, part) => sum + leavesOf(part), 0);
  if ("any" in tree) return tree.any.reduce((sum, part) => sum + leavesOf(part), 0);
  return "not" in tree ? leavesOf(tree.not) : 1;
}
