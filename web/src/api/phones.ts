import type { Field, Table } from "./meta";
import type { Rec } from "./records";

/** A number of a record that can be called. */
export type Phone = { field: Field; number: string };

/** The numbers of a record, those among its facts first. */
export function phonesOf(table: Table, record: Rec): Phone[] {
  const facts = table.settings.facts.flatMap((key) => table.byKey.get(key) ?? []);
  return [...new Set([...facts, ...table.fields])]
    .filter(({ widget, readable }) => widget === "phone" && readable)
    .flatMap((field) => {
      const number = record[field.key];
      return typeof number === "string" && number ? [{ field, number }] : [];
    });
}
