import type { Language } from "./i18n";
import { clock, daysBetween, isoDay, wallAt } from "./zone";

const LOCALE: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };

export function formatNumber(value: number | string, language: Language, decimals?: number): string {
  const digits = decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  // A string keeps every digit of a decimal that a float would round.
  return new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: 10, ...digits }).format(value as number);
}

/** `¥48,000`; cents are shown only where there are some. */
export function formatMoney(value: string | number, currency: string, language: Language): string {
  const whole = /^-?\d+(\.0+)?$/.test(String(value));
  return new Intl.NumberFormat(LOCALE[language], {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: whole ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(value as number);
}

/** `2026-11-22 15:04`, for columns that are compared by eye. */
export function formatDateTime(iso: string, zone: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const wall = wallAt(moment, zone);
  return `${isoDay(wall)} ${clock(wall)}`;
}

/** How people say it: `今天 15:04`, `昨天 15:04`, `11月12日 14:05`, `2025年3月1日`. */
export function formatWhen(iso: string, now: Date, zone: string, language: Language): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const wall = wallAt(moment, zone);
  const days = daysBetween(now, moment, zone);
  if (Math.abs(days) <= 1) return `${relativeDay(days, language)} ${clock(wall)}`;
  const sameYear = wall.year === wallAt(now, zone).year;
  const day = new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: zone,
    month: language === "zh" ? "long" : "short",
    day: "numeric",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(moment);
  return sameYear ? `${day} ${clock(wall)}` : day;
}

/** `昨天`, `今天`, `明天`, `3天后`. */
export function relativeDay(days: number, language: Language): string {
  const text = new Intl.RelativeTimeFormat(LOCALE[language], { numeric: "auto" }).format(days, "day");
  return language === "en" ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Mainland mobiles as people read them aloud, `138 0000 0000`; others as international numbers. */
export function formatPhone(stored: string): string {
  const [number = "", extension] = stored.split(/;ext=|,|转|x/);
  const mainland = number.startsWith("+86") ? number.slice(3) : number;
  const spaced = spaceMainland(mainland) ?? number;
  return extension ? `${spaced} 转 ${extension}` : spaced;
}

function spaceMainland(number: string): string | null {
  const mobile = /^(1[\d*]{2})([\d*]{4})([\d*]{4})$/.exec(number);
  if (mobile) return `${mobile[1]} ${mobile[2]} ${mobile[3]}`;
  const landline = /^0?(10|2\d|[3-9]\d{2})(\d{3,4})(\d{4})$/.exec(number);
  return landline ? `0${landline[1]} ${landline[2]} ${landline[3]}` : null;
}

export function formatBytes(bytes: number, language: Language): string {
  const units = ["B", "KB", "MB", "GB"];
  const step = bytes > 0 ? Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024))) : 0;
  return `${formatNumber(bytes / 1024 ** step, language, step > 1 ? 1 : 0)} ${units[step]}`;
}

/** The one sign an avatar shows: the first Chinese character, or the first letter in capitals. */
export function initial(name: string): string {
  return Array.from(name.trim())[0]?.toUpperCase() ?? "·";
}
