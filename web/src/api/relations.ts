import type { Field, Table } from "./meta";
import { oncePerTable } from "./once";

/** A table that links here, and by which field. */
export type Relation = { table: Table; field: Field };

/** Every table with a link to `key` that its reader may see; the first link counts. */
export const relationsTo = oncePerTable((meta, key): readonly Relation[] =>
  meta.tables.flatMap((table) => {
    const field = table.fields.find((one) => one.refers?.table === key && one.readable);
    return field ? [{ table, field }] : [];
  }),
);

/**
 * The table in which one writes down what just happened with a record of `key`: it stands in timelines and its
 * moment must be given, so it is about what was, not about what is planned. A table of calls is written by the
 * telephone, not by hand.
 */
export const journalOf = oncePerTable((meta, key): Relation | null => {
  const found = relationsTo(meta, key).find(({ table, field }) => {
    const moment = table.byKey.get(table.settings.timeline ?? "");
    if (table.settings.wrap_up) return false;
    return table.rights.create && field.creatable && moment?.creatable && moment.required;
  });
  return found ?? null;
});
