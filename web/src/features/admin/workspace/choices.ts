/** Where most of our users are; shown before the rest of the world. */
const NEAR = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo"];

/** Time zones this browser knows; the one in use always among them. */
export function zonesWith(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  const near = NEAR.filter((zone) => known.includes(zone));
  return [...new Set([...(known.includes(current) ? [] : [current]), ...near, ...known])];
}

const COMMON = ["CNY", "HKD", "TWD", "USD", "EUR", "JPY", "GBP", "SGD"];

export function currenciesWith(current: string): string[] {
  return [...new Set([...COMMON, current, ...Intl.supportedValuesOf("currency")])];
}

/** `CNY · 人民币`. */
export function currencyName(code: string, language: string): string {
  const name = new Intl.DisplayNames([language === "zh" ? "zh-CN" : "en-GB"], { type: "currency" }).of(code);
  return name && name !== code ? `${code} · ${name}` : code;
}

/** `UTC+8`, at this moment. */
export function offsetOf(zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(now);
  return (parts.find(({ type }) => type === "timeZoneName")?.value ?? "").replace("GMT", "UTC");
}
