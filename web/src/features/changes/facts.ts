import type { ChangeSet } from "@/api/change-sets";
import { z } from "@/lib/zod";

const text = z.string().default("").catch("");

const Label = z.object({
  file: text,
  title: text,
  fields: z.array(z.string()).default([]).catch([]),
  kind: text,
  label: z.record(z.string(), z.unknown()).default({}).catch({}),
});

/** What a change set is about: the file of an import, the fields of a bulk edit, the record that was converted; of an
 *  undo, what it took back. */
export type Subject = { kind: string; file: string; title: string; fields: string[] };

export function subjectOf({ kind, label }: Pick<ChangeSet, "kind" | "label">): Subject {
  const { file, title, fields, ...inner } = Label.parse(label);
  if (kind !== "undo") return { kind, file, title, fields };
  return subjectOf({ kind: inner.kind, label: inner.label });
}

/** Where a change set stands: it may be taken back, is being taken back, or is. */
export type Standing = "open" | "undoing" | "undone";

export function standingOf({ undoable, undo }: Pick<ChangeSet, "undoable" | "undo">): Standing {
  if (undo && (undo.state === "queued" || undo.state === "running")) return "undoing";
  return undoable ? "open" : "undone";
}
