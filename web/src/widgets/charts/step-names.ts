import { useTranslation } from "react-i18next";
import { useLanguage } from "@/api/use-format";

type Key = string | number | boolean | null;

const LOCALE = { zh: "zh-CN", en: "en-GB" } as const;

/** What a step of a trend is called: on the axis, and in full. Steps are days, or hours of a day, of the workspace. */
export function useStepNames(bucket: string) {
  const { t } = useTranslation();
  const locale = LOCALE[useLanguage()];
  // Read and written in one zone, the day stays what the workspace's calendar says.
  const format = (key: Key, options: Intl.DateTimeFormatOptions) => {
    const moment = new Date(`${String(key).slice(0, 10)}T00:00:00Z`);
    return Number.isNaN(moment.getTime())
      ? String(key)
      : new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(moment);
  };
  const hourOf = (key: Key) => Number(String(key).slice(11, 13));
  const day: Intl.DateTimeFormatOptions = { month: "numeric", day: "numeric" };
  const month: Intl.DateTimeFormatOptions = { month: "short" };
  return {
    short: (key: Key) => {
      if (bucket === "hour") return t("dashboards.hour", { hour: hourOf(key) });
      if (bucket === "year") return format(key, { year: "numeric" });
      return format(key, bucket === "day" || bucket === "week" ? day : month);
    },
    long: (key: Key) => {
      const whole = format(key, { month: "long", day: "numeric" });
      if (bucket === "hour") return `${whole} ${t("dashboards.hour", { hour: hourOf(key) })}`;
      if (bucket === "week") return t("dashboards.weekOf", { day: whole });
      if (bucket === "day") return `${whole} ${format(key, { weekday: "short" })}`;
      return format(key, bucket === "year" ? { year: "numeric" } : { year: "numeric", month: "long" });
    },
  };
}
