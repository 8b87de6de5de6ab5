import { expect, test } from "vitest";
import { en } from "./en";
import { zh } from "./zh";

type Texts = { [key: string]: string | string[] | Texts };

function flat(texts: Texts, path = ""): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value === "string") return [[`${path}${key}`, value]];
    if (Array.isArray(value)) return value.map((text, place): [string, string] => [`${path}${key}.${place}`, text]);
    return flat(value, `${path}${key}.`);
  });
}

const places = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test("both languages say the same things, with the same places to fill", () => {
  const english = new Map(flat(en));
  const chinese = new Map(flat(zh));
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  for (const [key, text] of chinese) expect([key, places(english.get(key) ?? "")]).toEqual([key, places(text)]);
});

test("no text is empty", () => {
  for (const [key, text] of [...flat(zh), ...flat(en)]) expect(text.trim(), key).not.toBe("");
});
