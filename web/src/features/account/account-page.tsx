import { Segmented } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { departmentPath, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { LANGUAGES, type Language } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { Devices } from "./devices";
import { Keys } from "./keys";
import "./account.css";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

type Props = {
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onLanguage: (language: Language) => void;
  passwordForm: ReactNode;
};

/** `/account`: who I am here, how I like it, where I am logged in, and my keys. */
export function AccountPage({ theme, onTheme, onLanguage, passwordForm }: Props) {
  const { t } = useTranslation();
  const { language } = useFormat();
  return (
    <div className="account">
      <header className="account-head">
        <h1>{t("account.title")}</h1>
      </header>
      <div className="account-columns">
        <div>
          <Profile />
          <section className="account-card card">
            <h2>{t("account.preferences")}</h2>
            <div className="account-choice">
              <span>{t("account.language")}</span>
              <Segmented<Language>
                name="language"
                aria-label={t("account.language")}
                value={language}
                options={LANGUAGES.map((key) => ({ value: key, label: t(`app.languages.${key}`) }))}
                onChange={onLanguage}
              />
            </div>
            <div className="account-choice">
              <span>{t("account.theme")}</span>
              <Segmented<Theme>
                name="theme"
                aria-label={t("account.theme")}
                value={theme}
                options={THEMES.map((key) => ({ value: key, label: t(`app.themes.${key}`) }))}
                onChange={onTheme}
              />
            </div>
          </section>
          <section className="account-card card">
            <h2>{t("account.password")}</h2>
            <p className="muted">{t("account.passwordHint")}</p>
            {passwordForm}
          </section>
        </div>
        <div>
          <Devices />
          <Keys />
        </div>
      </div>
    </div>
  );
}

function Profile() {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const { user } = meta;
  const roles = meta.roles.filter(({ key }) => user.roles.includes(key));
  return (
    <section className="account-card card" aria-label={t("account.profile")}>
      <div className="account-me">
        <Avatar name={user.name} size={52} look="strong" />
        <div>
          <b>{user.name}</b>
          <p className="muted">{user.email}</p>
        </div>
      </div>
      <dl className="account-facts">
        <dt>{t("account.department")}</dt>
        <dd>{user.department === null ? t("account.none") : departmentPath(meta, user.department)}</dd>
        <dt>{t("account.roles")}</dt>
        <dd>
          {roles.length === 0 && t("account.none")}
          {roles.map((role) => (
            <Chip key={role.key}>{label(role.label)}</Chip>
          ))}
        </dd>
      </dl>
      <p className="muted">{t("account.profileHint")}</p>
    </section>
  );
}
