import { CALL, Call } from "./calls";
import type { Field, Meta, Table } from "./meta";
import type { Rec } from "./records";

/** A call as its record tells it. */
export function callOf(meta: Meta, record: Rec): Call {
  const fields = meta.table.get(CALL)?.fields ?? [];
  // People and departments are no records: they come as bare numbers.
  const isLink = ({ refers }: Field) => refers && !refers.many && meta.table.has(refers.table);
  const links = fields.filter((field) => isLink(field) && record[field.key]).map(({ key }) => key);
  return Call.parse({ ...record, links: Object.fromEntries(links.map((key) => [key, record[key]])) });
}

/** Somebody a call is about. */
export type Subject = { table: Table; id: number; title: string };

function linked(meta: Meta, call: Call): Subject[] {
  return (meta.table.get(CALL)?.fields ?? []).flatMap(({ key, refers }) => {
    const link = call.links[key];
    const table = refers && meta.table.get(refers.table);
    return link && table ? [{ table, id: link.id, title: link.title || `#${link.id}` }] : [];
  });
}

/** Whether one of the others links to it, as a contact does to his account. */
const isAbove = ({ table }: Subject, others: readonly Subject[]) =>
  others.some((other) => other.table !== table && other.table.fields.some(({ refers }) => refers?.table === table.key));

/** Whom one speaks to: of a contact and the account he belongs to, the contact. */
export function subjectOf(meta: Meta, call: Call): Subject | null {
  const all = linked(meta, call);
  return all.find((one) => !isAbove(one, all)) ?? all[0] ?? null;
}

/** Whose stage the wrap-up moves: of those with stages the one no other of them links to, as the server takes it. */
export function customerOf(meta: Meta, call: Call): (Subject & { stage: Field }) | null {
  const staged = linked(meta, call).flatMap((one) => {
    const stage = one.table.byKey.get(one.table.settings.stage ?? "");
    return stage ? [{ ...one, stage }] : [];
  });
  return staged.find((one) => !isAbove(one, staged)) ?? staged[0] ?? null;
}
