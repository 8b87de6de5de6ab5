/** Keys are ASCII and short, as the server wants them. */
export const isKey = (text: string) => /^[a-z][a-z0-9_]{0,47}$/.test(text);

const HAN = /\p{Script=Han}/u;

/** `Expected amount` as `expected_amount`; what is not ASCII is left out. */
export function slugOf(text: string): string {
  const slug = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  return slug.slice(0, 48).replace(/_+$/, "");
}

/** `key`, or with a number behind it when it is taken. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!key || !taken.has(key)) return key;
  for (let number = 2; ; number++) {
    const tail = `_${number}`;
    const tried = key.slice(0, 48 - tail.length) + tail;
    if (!taken.has(tried)) return tried;
  }
}

/** A key for a Chinese or English name: English words as they are, Chinese by its pinyin. */
export async function keyFor(name: string, taken: ReadonlySet<string>): Promise<string> {
  if (!HAN.test(name)) return freeKey(slugOf(name), taken);
  // The dictionary is half a megabyte; it comes when somebody first makes a table or field.
  const { pinyin } = await import("pinyin-pro");
  const read = pinyin(name, { toneType: "none", type: "array", v: true, nonZh: "consecutive" });
  return freeKey(slugOf(read.join("_")), taken);
}
