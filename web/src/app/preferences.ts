import { useEffect, useState } from "react";
import { LANGUAGES, type Language, preferredLanguage, startLanguage } from "@/lib/i18n";
import { store, stored } from "@/lib/stored";
import { z } from "@/lib/zod";
import type { Scheme } from "@/ui/theme";
import { useIsPrinting } from "@/ui/use-is-printing";
import { useMedia } from "@/ui/use-media";

const LANGUAGE = "tuoke.language";
const THEME = "tuoke.theme";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The language chosen in this browser, else the one the browser asks for. */
export const firstLanguage = () => stored(LANGUAGE, z.enum(LANGUAGES)) ?? preferredLanguage(navigator.languages);

export async function chooseLanguage(language: Language): Promise<void> {
  store(LANGUAGE, language);
  await startLanguage(language);
}

/** A language the person has set on the server counts until this browser was told otherwise. */
export function adoptLanguage(language: string | null | undefined): void {
  const parsed = z.enum(LANGUAGES).safeParse(language?.slice(0, 2));
  if (parsed.success && stored(LANGUAGE, z.enum(LANGUAGES)) === null) void startLanguage(parsed.data);
}

/** The chosen theme, the scheme it means right now, and how to choose another. */
export function useTheme() {
  const [theme, setTheme] = useState<Theme>(() => stored(THEME, z.enum(THEMES)) ?? "system");
  const systemIsDark = useMedia("(prefers-color-scheme: dark)");
  const chosen: Scheme = theme === "system" ? (systemIsDark ? "dark" : "light") : theme;
  // Paper is white, whatever the screen is.
  const scheme = useIsPrinting() ? "light" : chosen;
  useEffect(() => store(THEME, theme), [theme]);
  return { theme, scheme, setTheme };
}
