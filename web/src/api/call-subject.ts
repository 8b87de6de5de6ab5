import { CALL, Call } from "./calls";
import type { Field, Meta, Table } from "./meta";
import type { Rec } from "./records";

/** A call as its record tells it. */
export function callOf(meta: Meta, record: Rec): Call {
  const fields = meta.table.get(CALL)?.fields ?? [];
  const links = fields.filter(({ key, refers }) => refers && !refers.many && record[key]).map(({ key }) => key);
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

/** Whom one speaks to: of a contact and the account he belongs to, the contact. */
export function subjectOf(meta: Meta, call: Call): Subject | null {
  const all = linked(meta, call);
  const isAbove = ({ table }: Subject) =>
    all.some((other) => other.table !== table && other.table.fields.some(({ refers }) => refers?.table === table.key));
  return all.find((one) => !isAbove(one)) ?? all[0] ?? null;
}

/** Whose stage the wrap-up moves: the first the call is about that has stages, as the server takes it. */
export function customerOf(meta: Meta, call: Call): (Subject & { stage: Field }) | null {
  for (const one of linked(meta, call)) {
    const stage = one.table.byKey.get(one.table.settings.stage ?? "");
    if (stage) return { ...one, stage };
  }
  return null;
}
