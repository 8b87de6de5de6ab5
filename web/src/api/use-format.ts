import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatBytes, formatDateTime, formatMoney, formatNumber, formatPhone, formatWhen } from "@/lib/format";
import type { Label, Language } from "@/lib/i18n";
import { useMeta } from "./meta";

export function useLanguage(): Language {
  return useTranslation().i18n.language === "en" ? "en" : "zh";
}

/** Every way of writing a value, bound to the language of the screen and the zone and currency of the workspace. */
export function useFormat() {
  const language = useLanguage();
  const { time_zone: zone, currency } = useMeta().workspace;
  return useMemo(
    () => ({
      language,
      zone,
      currency,
      label: (label: Label) => label[language],
      number: (value: number | string, decimals?: number) => formatNumber(value, language, decimals),
      money: (value: number | string, unit = currency) => formatMoney(value, unit, language),
      dateTime: (iso: string) => formatDateTime(iso, zone),
      when: (iso: string, now = new Date()) => formatWhen(iso, now, zone, language),
      phone: formatPhone,
      bytes: (bytes: number) => formatBytes(bytes, language),
    }),
    [language, zone, currency],
  );
}

export type Format = ReturnType<typeof useFormat>;
