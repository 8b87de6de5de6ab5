import type { Draft, WrapUp } from "@/api/calls";
import { type JournalFields, journalFields } from "@/api/journal-fields";
import type { Table } from "@/api/meta";

/** The stage stands under this name beside the fields of the record, in what is typed and in what the server refuses. */
export const STAGE = "stage";

/** The fields of the wrap-up: those of the quick form, but that it was a call goes without saying. */
export function wrapUpFields(table: Table): JournalFields {
  const fields = journalFields(table);
  return { ...fields, usual: fields.usual.filter(({ key }) => key !== table.settings.subtitle), files: null };
}

/** What a wrap-up begins with. */
export const firstDraft = ({ usual }: JournalFields): Draft => ({
  values: Object.fromEntries(usual.map((field) => [field.key, field.default])),
  stage: null,
});

/** What must not stay empty at the stage chosen; the server asks for the same. */
export function requiredAt(rules: WrapUp, stage: string | null | undefined, hasStages: boolean): Set<string> {
  const isClosed = stage !== null && stage !== undefined && rules.closed.includes(stage);
  const keys = rules.required.filter((key) => !(isClosed && rules.unless_closed.includes(key)));
  return new Set(hasStages ? [...keys, STAGE] : keys);
}

/** Keys that are required and still empty. */
export function missingIn(required: ReadonlySet<string>, { values, stage }: Draft): string[] {
  return [...required].filter((key) => {
    const value = key === STAGE ? stage : values[key];
    return value === null || value === undefined || (typeof value === "string" && !value.trim());
  });
}
