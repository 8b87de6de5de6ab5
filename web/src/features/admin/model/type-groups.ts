import type { FieldType } from "@/api/meta";
import { isOffered } from "./draft";

const GROUPS = {
  basic: ["text", "long_text", "number", "currency", "percent", "date", "datetime", "switch"],
  choice: ["dropdown", "multi_select"],
  contact: ["phone", "email"],
  relation: ["user", "department", "link", "links"],
  advanced: ["attachment", "auto_number"],
} as const;

export type Group = keyof typeof GROUPS | "other";

/** The types one can choose from, by what they are for; a type added later stands under `other`. */
export function groupsOf(kinds: readonly FieldType[]): { group: Group; kinds: FieldType[] }[] {
  const offered = new Map(kinds.filter(isOffered).map((kind) => [kind.type, kind]));
  const groups: { group: Group; kinds: FieldType[] }[] = Object.entries(GROUPS).map(([group, types]) => ({
    group: group as Group,
    kinds: types.flatMap((type) => {
      const kind = offered.get(type);
      offered.delete(type);
      return kind ?? [];
    }),
  }));
  return [...groups, { group: "other" as const, kinds: [...offered.values()] }].filter((one) => one.kinds.length > 0);
}

/** Types of which no two records need have the same value. */
const TELLING = new Set(["text", "phone", "email", "number", "link"]);
export const canBeUnique = (type: string) => TELLING.has(type);

/** Defaults that depend on who fills in and when, by type. */
const SYMBOLS: Record<string, "@me" | "@my_department" | "@now" | "@today"> = {
  user: "@me",
  department: "@my_department",
  datetime: "@now",
  date: "@today",
};
export const symbolFor = (type: string) => SYMBOLS[type] ?? null;

/** Linked records and files belong to one record: they are no default for others. */
const WITHOUT_DEFAULT = new Set(["link", "links", "attachment", "auto_number"]);
export const canHaveDefault = (type: string) => !WITHOUT_DEFAULT.has(type);
