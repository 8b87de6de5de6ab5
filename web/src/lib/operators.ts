/** What stands in the `value` of a filter's leaf, by operator. */
export type Takes = "nothing" | "one" | "two" | "many" | "text";

const TAKES: Record<string, Takes> = {
  is_empty: "nothing",
  not_empty: "nothing",
  eq: "one",
  ne: "one",
  gt: "one",
  gte: "one",
  lt: "one",
  lte: "one",
  has: "one",
  between: "two",
  in: "many",
  not_in: "many",
  any_of: "many",
  all_of: "many",
  none_of: "many",
  contains: "text",
  starts_with: "text",
};

/** Null for an operator this version does not know. */
export const takesOf = (op: string): Takes | null => TAKES[op] ?? null;

/** Whether `value` is all that `op` needs. */
export function isComplete(op: string, value: unknown): boolean {
  switch (takesOf(op)) {
    case "nothing":
      return true;
    case "one":
      return value !== null && value !== undefined && value !== "";
    case "text":
      return typeof value === "string" && value.trim() !== "";
    case "two":
      return (
        Array.isArray(value) &&
        value.length === 2 &&
        value.every((part) => part !== null && part !== undefined && part !== "")
      );
    case "many":
      return Array.isArray(value) && value.length > 0;
    case null:
      return false;
  }
}
