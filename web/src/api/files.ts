import { z } from "@/lib/zod";
import { ROOT } from "./client";

const Stored = z.object({
  id: z.union([z.string(), z.number()]),
  name: z.string(),
  size: z.number().default(0),
  type: z.string().nullish(),
});
/** A file as a record carries it. */
export type Stored = z.infer<typeof Stored>;

/** Reads the value of an attachment field; what is no file is left out. */
export function filesOf(value: unknown): Stored[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((part) => {
    const parsed = Stored.safeParse(part);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Reads what the server answers for a file it has stored. */
export const storedFrom = (answer: unknown): Stored => Stored.parse(answer);

export const fileAddress = (file: Stored) => `${ROOT}/files/${encodeURIComponent(String(file.id))}`;
