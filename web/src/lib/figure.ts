import { clockOf } from "./duration";
import { formatMoney, formatNumber } from "./format";
import type { Language } from "./i18n";

export type Unit = "number" | "percent" | "money" | "seconds";

/** What a value is measured in, and how its reader writes figures. */
export type Measured = { unit: Unit; currency: string; language: Language };

/** A number as people say it when it is large: 12.84万, 1.26亿; 12.8k, 1.3M. */
export function compact(value: number, language: Language, from = 10_000): string {
  if (Math.abs(value) < from) return formatNumber(round(value), language);
  if (language === "en") {
    return new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 }).format(value);
  }
  const [unit, sign] = Math.abs(value) >= 99_995_000 ? [1e8, "亿"] : [1e4, "万"];
  const shown = value / unit;
  return `${formatNumber(Number(shown.toFixed(Math.abs(shown) < 100 ? 2 : 1)), language)}${sign}`;
}

const round = (value: number) =>
  Number.isInteger(value) ? value : Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1));

/** Where a figure has the room of a headline, it keeps its digits as long as they can be read at a glance. */
const HEADLINE = 1_000_000;

/** `56.9%`, `¥186,400`, `¥186.4万`, `03:42`, `2.3 小时`. */
export function figureText(value: number | string | null, measured: Measured, from = HEADLINE): string {
  if (value === null) return "—";
  const { unit, currency, language } = measured;
  const number = Number(value);
  switch (unit) {
    case "percent":
      return `${(number * 100).toFixed(1)}%`;
    case "money":
      return moneyText(number, currency, language, from);
    case "seconds":
      return spanText(number, language);
    case "number":
      return compact(number, language, from);
  }
}

function moneyText(value: number, currency: string, language: Language, from: number): string {
  if (Math.abs(value) < from) return formatMoney(Math.round(value), currency, language);
  const sign = formatMoney(0, currency, language).replace(/[\d.,\s]/g, "");
  return `${value < 0 ? "-" : ""}${sign}${compact(Math.abs(value), language, from)}`;
}

const HOUR = 3600;
const WORDS = {
  zh: { seconds: " 秒", hours: " 小时", days: " 天" },
  en: { seconds: " s", hours: " h", days: " d" },
} as const;

/** Under an hour as a clock shows it, then in hours, from two days on in days. */
export function spanText(seconds: number, language: Language): string {
  const size = Math.abs(seconds);
  if (size < HOUR) return `${seconds < 0 ? "-" : ""}${clockOf(size)}`;
  if (size < 48 * HOUR) return `${(seconds / HOUR).toFixed(1)}${WORDS[language].hours}`;
  return `${(seconds / (24 * HOUR)).toFixed(1)}${WORDS[language].days}`;
}

/** How a figure stands to the one before. */
export type Change = { direction: "up" | "down" | "same"; text: string };

/** Null: there is nothing to compare with. A share changes by points, a time by time, all else by its part. */
export function changeOf(
  now: number | string | null,
  before: number | string | null,
  { unit, language }: Measured,
): Change | null {
  if (now === null || before === null) return null;
  const [value, old] = [Number(now), Number(before)];
  const difference = value - old;
  if (unit === "percent") return told(difference, `${Math.abs(difference * 100).toFixed(1)}pt`, 0.0005);
  if (unit === "seconds") return told(difference, timeText(Math.abs(difference), language), 0.5);
  if (old === 0) return value === 0 ? { direction: "same", text: "" } : null;
  const part = Math.abs(difference / old) * 100;
  return told(difference, `${part.toFixed(part < 100 ? 1 : 0)}%`, Math.abs(old) * 0.0005);
}

const timeText = (seconds: number, language: Language) =>
  seconds < 60 ? `${Math.round(seconds)}${WORDS[language].seconds}` : spanText(seconds, language);

function told(difference: number, text: string, least: number): Change {
  if (Math.abs(difference) < least) return { direction: "same", text: "" };
  return { direction: difference > 0 ? "up" : "down", text };
}

/** Round marks of an axis from 0 up to at least `most`: at most `count` steps. */
export function ticksOf(most: number, count = 4, isWhole = false): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough - 1e-12) ?? 10) * power;
  const even = isWhole ? Math.max(1, Math.ceil(step)) : step;
  return Array.from({ length: Math.ceil(most / even - 1e-9) + 1 }, (_, place) =>
    Number((place * even).toPrecision(12)),
  );
}
