import { useTranslation } from "react-i18next";
import { firstPassword } from "./first-password";
import { Gateway } from "./gateway";
import { PasswordForm } from "./password-form";

/** Stands between a one-time password and everything else. */
export function FirstPasswordPage() {
  const { t } = useTranslation();
  return (
    <Gateway title={t("session.firstTitle")} hint={t("session.firstHint")}>
      <PasswordForm known={firstPassword()} size="large" />
    </Gateway>
  );
}
