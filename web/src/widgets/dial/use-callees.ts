import { useQueries } from "@tanstack/react-query";
import { type Meta, type Table, useMeta } from "@/api/meta";
import { phonesOf } from "@/api/phones";
import { type Rec, recordQuery } from "@/api/records";
import { titleOf } from "@/api/title";
import { linkedOf } from "../linked";
import type { Callee } from "./use-dial";

/** A number one may call because of a record, and whose it is when it is not the record's own. */
export type Reachable = Callee & { label: { zh: string; en: string }; whose: string | null };

/** The numbers to call because of a record: its own, else those of whom it links to, the contact before the account. */
export function useCallees(table: Table, record: Rec): Reachable[] {
  const meta = useMeta();
  const own = phonesOf(table, record);
  const title = titleOf(table, record);
  const links = own.length > 0 ? [] : reachedBy(meta, table, record);
  const answers = useQueries({ queries: links.map((link) => recordQuery(link.table.key, link.id)) });
  if (own.length > 0) {
    return own.map(({ field, number }) => ({
      table: table.key,
      record: record.id,
      field: field.key,
      title,
      number,
      label: field.label,
      whose: null,
    }));
  }
  return links.flatMap((link, place) => {
    const other = answers[place]?.data;
    return (other ? phonesOf(link.table, other) : []).map(({ field, number }) => ({
      table: link.table.key,
      record: link.id,
      field: field.key,
      about: { table: table.key, record: record.id },
      title,
      number,
      label: link.table.label,
      whose: other ? titleOf(link.table, other) : null,
    }));
  });
}

/** Records with a number that a record links to; one that another of them links to comes after it. */
function reachedBy(meta: Meta, table: Table, record: Rec) {
  const found = table.fields.flatMap(({ key, refers }) => {
    const other = refers && !refers.many ? meta.table.get(refers.table) : undefined;
    const [linked] = other ? linkedOf(record[key]) : [];
    const hasNumber = other?.fields.some(({ widget, readable }) => widget === "phone" && readable);
    return other && linked && hasNumber && isCallable(meta, other) ? [{ table: other, id: linked.id }] : [];
  });
  const isAbove = ({ table: one }: { table: Table }) =>
    found.some(({ table: other }) => other !== one && other.fields.some(({ refers }) => refers?.table === one.key));
  return [...found.filter((one) => !isAbove(one)), ...found.filter(isAbove)];
}

/** A call keeps whom it was with only where it can link to him. */
const isCallable = (meta: Meta, { key }: Table) =>
  meta.tables.some(({ settings, fields }) => settings.wrap_up && fields.some(({ refers }) => refers?.table === key));
