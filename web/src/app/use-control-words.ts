import type { ConfigProviderProps } from "antd";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import type { Language } from "@/lib/i18n";

type Words = NonNullable<ConfigProviderProps["locale"]>;

const load: Record<Language, () => Promise<Words>> = {
  zh: async () => {
    await import("dayjs/locale/zh-cn");
    dayjs.locale("zh-cn");
    return (await import("antd/locale/zh_CN")).default;
  },
  en: async () => {
    dayjs.locale("en");
    return (await import("antd/locale/en_GB")).default;
  },
};

/** The words inside controls (calendars, empty selects) for the language of the screen; fetched when first needed. */
export function useControlWords(language: Language): Words | undefined {
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let isCurrent = true;
    void load[language]().then((loaded) => isCurrent && setWords(loaded));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return words;
}
