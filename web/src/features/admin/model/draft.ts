import type { FieldType } from "@/api/meta";
import type { Label } from "@/lib/i18n";
import { z } from "@/lib/zod";
import type { Definition, DesignField } from "./api";

/** Every table has these; nobody changes them. */
const SYSTEM = new Set(["id", "created_at", "created_by", "updated_at", "updated_by"]);

export const isSystem = ({ key }: { key: string }) => SYSTEM.has(key);

/** Types one can make fields of. */
export const isOffered = ({ type }: FieldType) => !SYSTEM.has(type);

export const COLORS = ["jade", "indigo", "amber", "violet", "cinnabar", "gray"] as const;
export type Color = (typeof COLORS)[number];

const Choice = z.object({
  key: z.string(),
  label: z.object({ zh: z.string(), en: z.string() }),
  color: z.enum(COLORS).nullish(),
  hidden: z.boolean().default(false),
});

/** An option as it is edited. A new one has no key yet: it follows from its name when it is saved. */
export type DraftChoice = { id: string; key: string; zh: string; en: string; color: Color | null; hidden: boolean };

/** A field as it is edited. */
export type Draft = {
  key: string;
  type: string;
  zh: string;
  en: string;
  helpZh: string;
  helpEn: string;
  options: Record<string, unknown>;
  choices: DraftChoice[];
  required: boolean;
  unique: boolean;
  default: unknown;
  aliases: string[];
};

let made = 0;

/** A new option takes the next colour, so that a fresh list is told apart without a click. */
export function newChoice(before: readonly DraftChoice[], name = ""): DraftChoice {
  const color = COLORS[before.length % (COLORS.length - 1)] ?? "jade";
  return { id: `new-${++made}`, key: "", zh: name, en: "", color, hidden: false };
}

export const hasChoices = (kind: FieldType | undefined) => "choices" in settingsOf(kind);

/** The settings of a type by name, as JSON Schema describes them. */
export function settingsOf(kind: FieldType | undefined): Record<string, Setting> {
  const parsed = z.record(z.string(), Setting).safeParse(kind?.options.properties ?? {});
  return parsed.success ? parsed.data : {};
}

const Setting = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z.array(z.looseObject({ type: z.string().optional() })).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
});
export type Setting = z.infer<typeof Setting>;

export const isNumeric = (setting: Setting) =>
  [setting.type, ...(setting.anyOf ?? []).map(({ type }) => type)].some(
    (type) => type === "integer" || type === "number",
  );

/** A field of this type that nobody has described yet. `usual`: settings the workspace has its own default for. */
export function blankDraft(kind: FieldType, usual: Record<string, unknown> = {}): Draft {
  const settings = Object.entries(settingsOf(kind)).filter(([name]) => name !== "choices");
  const options = Object.fromEntries(
    settings.flatMap(([name, { default: preset }]) => {
      const value = usual[name] ?? preset;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    key: "",
    type: kind.type,
    zh: "",
    en: "",
    helpZh: "",
    helpEn: "",
    options,
    choices: hasChoices(kind) ? [newChoice([])] : [],
    required: false,
    unique: false,
    default: null,
    aliases: [],
  };
}

export function draftOf(field: DesignField): Draft {
  const { choices, ...options } = field.options;
  const parsed = z.array(Choice).safeParse(choices ?? []);
  return {
    key: field.key,
    type: field.type,
    zh: field.label.zh,
    en: field.label.en === field.label.zh ? "" : field.label.en,
    helpZh: field.help?.zh ?? "",
    helpEn: field.help && field.help.en !== field.help.zh ? field.help.en : "",
    options,
    choices: (parsed.data ?? []).map(({ key, label, color, hidden }) => ({
      id: key,
      key,
      zh: label.zh,
      en: label.en === label.zh ? "" : label.en,
      color: color ?? null,
      hidden,
    })),
    required: field.required,
    unique: field.unique,
    default: field.default ?? null,
    aliases: field.aliases,
  };
}

/** A name in both languages; one that is missing is the other. */
const both = (zh: string, en: string): Label => ({ zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() });

export type KeyMaker = (name: string, taken: ReadonlySet<string>) => Promise<string>;

/** What is sent for a draft. `keyFor` names the options that have no key yet. */
export async function definitionOf(draft: Draft, keyFor: KeyMaker): Promise<Definition> {
  const { key, type, zh, en, helpZh, helpEn, required, unique, aliases } = draft;
  const help = helpZh.trim() || helpEn.trim() ? both(helpZh, helpEn) : null;
  const choices = await namedChoices(draft.choices, keyFor);
  const options = choices.length > 0 ? { ...draft.options, choices } : draft.options;
  return { key, type, label: both(zh, en), help, options, required, unique, default: draft.default, aliases };
}

async function namedChoices(choices: readonly DraftChoice[], keyFor: KeyMaker) {
  const taken = new Set(choices.map(({ key }) => key).filter(Boolean));
  const named: unknown[] = [];
  for (const { key, zh, en, color, hidden } of filled(choices)) {
    const own = key || (await keyFor(en || zh, taken)) || freeNumber(taken);
    taken.add(own);
    named.push({ key: own, label: both(zh, en), color, hidden });
  }
  return named;
}

/** For names without a letter, such as ★★★. */
function freeNumber(taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`o_${number}`)) number++;
  return `o_${number}`;
}

/** New options that were never named are not meant. */
const filled = (choices: readonly DraftChoice[]) => choices.filter(({ key, zh, en }) => key || zh.trim() || en.trim());

/** Only what differs from the field as it is: the key and the type stay. */
export async function changesOf(draft: Draft, field: DesignField, keyFor: KeyMaker): Promise<Partial<Definition>> {
  const { key: _, type: __, ...before } = await definitionOf(draftOf(field), keyFor);
  const { key: ___, type: ____, ...after } = await definitionOf(draft, keyFor);
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
    ),
  );
}

export type DraftFault = "label" | "key" | "choices" | "choice" | "table";

/** What is still missing. The server has the last word. */
export function faultsOf(draft: Draft, kind: FieldType | undefined, isKey: (key: string) => boolean): DraftFault[] {
  const faults: DraftFault[] = [];
  if (!draft.zh.trim() && !draft.en.trim()) faults.push("label");
  if (!isKey(draft.key)) faults.push("key");
  if (hasChoices(kind)) {
    if (filled(draft.choices).length === 0) faults.push("choices");
    if (draft.choices.some(({ key, zh, en }) => key && !zh.trim() && !en.trim())) faults.push("choice");
  }
  if ("table" in settingsOf(kind) && !draft.options.table) faults.push("table");
  return faults;
}
