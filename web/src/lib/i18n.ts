import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Texts } from "./locales/zh";

export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A name in both languages, as metadata carries it. */
export type Label = { zh: string; en: string };

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: Texts };
    returnNull: false;
  }
}

const load: Record<Language, () => Promise<Texts>> = {
  zh: async () => (await import("./locales/zh")).zh,
  en: async () => (await import("./locales/en")).en,
};

/** Switches the texts and the page to one language. */
export async function startLanguage(language: Language): Promise<void> {
  await loadTexts(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

/** Loads the texts of one language and switches to it; the first call also starts i18next. */
export async function loadTexts(language: Language): Promise<void> {
  const texts = await load[language]();
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      resources: { [language]: { translation: texts } },
      interpolation: { escapeValue: false },
    });
  }
  i18next.addResourceBundle(language, "translation", texts);
  await i18next.changeLanguage(language);
}

/** The language the browser asks for, for people we do not know yet. */
export function preferredLanguage(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((tag): tag is Language => tag === "zh" || tag === "en") ?? "zh";
}
