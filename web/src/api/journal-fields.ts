import { choicesOf } from "./choices";
import type { Field, Table } from "./meta";

/** The journal's fields, by the part they play in the quick form. */
export type JournalFields = {
  /** Chosen words that begin with a usual value: how, with what result. */
  usual: Field[];
  /** What was said. */
  text: Field | null;
  /** Chosen words that must be thought about: the intent. */
  open: Field[];
  /** When to speak next. */
  next: Field | null;
  files: Field | null;
};

const hasDefault = ({ default: preset }: Field) => preset !== null && preset !== undefined;

/** Sorts the summary of a journal into the quick form; what has no place there is written in the full form. */
export function journalFields({ settings, byKey }: Table): JournalFields {
  const fields = settings.summary
    .flatMap((key) => byKey.get(key) ?? [])
    .filter((field) => field.creatable && !field.automatic && field.key !== settings.timeline);
  const chosen = fields.filter((field) => field.widget === "dropdown" && choicesOf(field).length > 0);
  return {
    usual: chosen.filter(hasDefault),
    text: fields.find(({ widget }) => widget === "long-text") ?? null,
    open: chosen.filter((field) => !hasDefault(field)),
    next: fields.find(({ widget }) => widget === "date-time") ?? null,
    files: fields.find(({ widget }) => widget === "attachment") ?? null,
  };
}
