import type { Label } from "@/lib/i18n";
import { z } from "@/lib/zod";
import type { Field } from "./meta";

const Choices = z.array(
  z.object({
    key: z.string(),
    label: z.object({ zh: z.string(), en: z.string() }),
    color: z.string().nullish(),
    hidden: z.boolean().default(false),
  }),
);

export type Choice = {
  key: string;
  label: Label;
  color: string | null;
  /** No longer offered; records that have it keep it. */
  hidden: boolean;
};

/** What a form offers: a choice an administrator has hidden only where it is chosen already. */
export const offeredOf = (field: Field, chosen: unknown): Choice[] =>
  choicesOf(field).filter(({ key, hidden }) => !hidden || key === chosen);

const read = new WeakMap<Field, Choice[]>();

/** The options of a drop-down or multi-select in the order shown; empty for other fields. */
export function choicesOf(field: Field): Choice[] {
  let choices = read.get(field);
  if (!choices) {
    const parsed = Choices.safeParse(field.options?.choices);
    choices = parsed.success ? parsed.data.map((choice) => ({ ...choice, color: choice.color ?? null })) : [];
    read.set(field, choices);
  }
  return choices;
}
