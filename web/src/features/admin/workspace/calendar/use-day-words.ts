import { useLanguage } from "@/api/use-format";

/** `10月1日`; with its year where one may wonder: `2027年1月2日`. */
export function useDayWords(): (day: string, withYear?: boolean) => string {
  const language = useLanguage() === "zh" ? "zh-CN" : "en-GB";
  return (day, withYear = false) =>
    new Intl.DateTimeFormat(language, {
      timeZone: "UTC",
      month: language === "zh-CN" ? "long" : "short",
      day: "numeric",
      ...(withYear ? { year: "numeric", weekday: "short" } : {}),
    }).format(new Date(`${day}T00:00:00Z`));
}
