import { type DraftChoice, newChoice } from "./draft";

/** With an empty option behind the one at `place`. */
export function added(choices: readonly DraftChoice[], place: number): DraftChoice[] {
  const next = [...choices];
  next.splice(place + 1, 0, newChoice(choices));
  return next;
}

/** With the option at `place` moved up or down, as far as there is room. */
export function moved(choices: readonly DraftChoice[], place: number, by: number): DraftChoice[] {
  const to = place + by;
  const next = [...choices];
  if (to < 0 || to >= choices.length) return next;
  const [taken] = next.splice(place, 1);
  if (taken) next.splice(to, 0, taken);
  return next;
}

/** With several lines of text as options from `place` on; names that are there already are left out. */
export function pasted(
  choices: readonly DraftChoice[],
  place: number,
  text: string,
  language: "zh" | "en",
): DraftChoice[] {
  const known = new Set(choices.map((choice) => choice[language].trim()).filter(Boolean));
  const next = [...choices];
  let at = place;
  for (const line of text.split(/\r?\n/)) {
    const name = line.split("\t")[0]?.trim().slice(0, 80) ?? "";
    if (!name || known.has(name)) continue;
    known.add(name);
    const here = next[at];
    // The line one stands in is filled first.
    if (here && !here.key && !here.zh.trim() && !here.en.trim()) next[at] = { ...here, [language]: name };
    else next.splice(++at, 0, { ...newChoice(next), [language]: name });
  }
  return next;
}
