import { useMemo } from "react";
import { choicesOf } from "@/api/choices";
import type { Field } from "@/api/meta";
import { useLanguage } from "@/api/use-format";
import { Chip, toneOf } from "@/ui/chip";

/** One chosen option in its colour; a key that is no longer offered is shown as it is. */
export function ChoiceChip({ field, value }: { field: Field; value: string }) {
  const language = useLanguage();
  const choice = choicesOf(field).find(({ key }) => key === value);
  return <Chip tone={toneOf(choice?.color)}>{choice?.label[language] ?? value}</Chip>;
}

/** Options for a Select: drawn as chips, searched by their words. */
export function useChoiceOptions(field: Field) {
  const language = useLanguage();
  return useMemo(
    () =>
      choicesOf(field).map(({ key, label, color, hidden }) => ({
        value: key,
        hidden,
        text: label[language],
        label: <Chip tone={toneOf(color)}>{label[language]}</Chip>,
      })),
    [field, language],
  );
}

/** The options for a form: what is no longer offered stays only where it is chosen already. */
export function offered<Option extends { value: string; hidden: boolean }>(
  options: readonly Option[],
  chosen: readonly string[],
): Option[] {
  return options.filter(({ value, hidden }) => !hidden || chosen.includes(value));
}
