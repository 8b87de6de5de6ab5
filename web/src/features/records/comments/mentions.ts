/** A text in pieces, those that name a mentioned person marked. Longer names first: 王芳 is not 王芳芳. */
export function pieces(text: string, names: readonly string[]): { text: string; isName: boolean }[] {
  const known = [...names].filter(Boolean).sort((a, b) => b.length - a.length);
  if (known.length === 0) return [{ text, isName: false }];
  const marks = new RegExp(`(@(?:${known.map(escaped).join("|")}))`);
  return text
    .split(marks)
    .map((part, place) => ({ text: part, isName: place % 2 === 1 }))
    .filter((part) => part.text !== "");
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Those of the people chosen whose name still stands in the text. */
export function mentioned(text: string, chosen: ReadonlyMap<number, string>): number[] {
  const named = new Set(
    pieces(text, [...chosen.values()]).flatMap((part) => (part.isName ? [part.text.slice(1)] : [])),
  );
  return [...chosen].filter(([, name]) => named.has(name)).map(([id]) => id);
}
