import type { Field, Table } from "@/api/meta";
import type { Label } from "@/lib/i18n";
import { isNeeded } from "./mapping";

type Words = { label: (label: Label) => string; required: string };

/** One line of headings that the import maps by itself. */
export function templateOf(table: Table, { label, required }: Words): string {
  const heading = (field: Field) => cell(`${label(field.label)}${isNeeded(field) ? required : ""}`);
  const headings = table.fields.filter(
    (field) => !field.automatic && field.creatable && field.refers?.table !== "@file",
  );
  // Without the mark at its start Excel takes the file for GBK.
  return `\ufeff${headings.map(heading).join(",")}\r\n`;
}

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
