import type { ChangeSet } from "@/api/change-sets";
import { z } from "@/lib/zod";

const figure = z.number().default(0).catch(0);

const Facts = z.object({
  file: z.string().default("").catch(""),
  fields: z.array(z.string()).default([]).catch([]),
  created: figure,
  updated: figure,
  duplicates: figure,
  faulty: figure,
  count: z.number().nullish().catch(null),
});

const FIGURES = ["created", "updated", "duplicates", "faulty"] as const;

/** What is known of a change set, whatever kind it is. */
export function factsOf({ kind, facts }: ChangeSet) {
  const read = Facts.parse(facts);
  const figures = FIGURES.map((name) => [name, read[name]] as const);
  const isImport = kind === "import";
  return {
    file: read.file,
    fields: read.fields,
    figures: isImport ? figures : [["updated", read.count ?? 0] as const],
    /** How many records it wrote; null = it does not say. */
    written: isImport ? read.created + read.updated : (read.count ?? null),
  };
}
