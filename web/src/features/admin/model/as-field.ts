import type { Field, FieldType } from "@/api/meta";
import type { DesignField } from "./api";
import type { Draft } from "./draft";

/** The field a draft would make, for controls that draw fields. Its new options cannot be chosen before they are saved. */
export function asField(draft: Draft, kind: FieldType, field: DesignField | null): Field {
  const choices = draft.choices
    .filter(({ key, hidden }) => key && !hidden)
    .map(({ key, zh, en, color }) => ({ key, label: { zh: zh || en, en: en || zh }, color }));
  return {
    key: draft.key,
    type: kind.type,
    label: { zh: draft.zh, en: draft.en || draft.zh },
    help: null,
    options: { ...draft.options, ...(choices.length > 0 ? { choices } : {}) },
    required: false,
    unique: false,
    automatic: false,
    default: null,
    source: field?.source ?? "user",
    widget: kind.widget,
    operators: [],
    readable: true,
    writable: true,
    creatable: true,
    masked: false,
    refers: field?.refers ?? null,
  };
}
