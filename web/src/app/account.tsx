import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { setLanguage } from "@/api/session";
import { AccountPage } from "@/features/account/account-page";
import { PasswordForm } from "@/features/session/password-form";
import type { Language } from "@/lib/i18n";
import { chooseLanguage } from "./preferences";
import { useThemeChoice } from "./theme-context";

/** `/account`, with what only this room knows: how language and theme are kept, and how a password is changed. */
export function Account() {
  const { theme, setTheme } = useThemeChoice();
  const client = useQueryClient();
  // A new key empties the boxes.
  const [turn, setTurn] = useState(0);
  const changed = () => {
    setTurn(turn + 1);
    void client.invalidateQueries({ queryKey: ["account"] });
  };
  const choose = (language: Language) => {
    void chooseLanguage(language);
    // The screen has changed already; that mails follow only the next time is no reason to complain.
    setLanguage(language).catch(() => {});
  };
  return (
    <AccountPage
      theme={theme}
      onTheme={setTheme}
      onLanguage={choose}
      passwordForm={<PasswordForm key={turn} known={null} onDone={changed} />}
    />
  );
}
