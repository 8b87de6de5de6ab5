import type { Field } from "@/api/meta";
import { takesOf } from "@/lib/operators";

const TIMED = new Set(["date", "date-time"]);

/** Whether the field holds days or moments, which are compared with words such as "this month". */
export const isTimed = (field: Field) => TIMED.has(field.widget);

/** The operators of a field that this version can draw a value box for, in the order people look for them. */
export function operatorsOf(field: Field): string[] {
  const pickedOne = isTimed(field) || field.widget === "link" || field.widget === "links";
  return ORDER.filter(
    (known) => field.operators.some(({ op }) => op === known) && !(pickedOne && takesOf(known) === "many"),
  );
}

const ORDER = [
  "contains",
  "eq",
  "in",
  "has",
  "any_of",
  "all_of",
  "ne",
  "not_in",
  "none_of",
  "starts_with",
  "gt",
  "gte",
  "lt",
  "lte",
  "between",
  "is_empty",
  "not_empty",
];

/** What a new condition on the field begins with. */
export function firstOperator(field: Field): string {
  const operators = operatorsOf(field);
  const isChosen =
    field.widget === "dropdown" || field.refers || field.widget === "user" || field.widget === "department";
  const preferred = isChosen ? "in" : operators[0];
  return (preferred && operators.includes(preferred) ? preferred : operators[0]) ?? "not_empty";
}
