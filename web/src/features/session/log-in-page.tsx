import { useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { expiredKey } from "@/api/keys";
import { sentenceOf } from "@/api/sentence";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { Gateway } from "./gateway";
import { useLogIn } from "./use-log-in";

/** The first page anybody sees. */
export function LogInPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const { logIn, error, isPending } = useLogIn();
  const hasExpired = useQueryClient().getQueryData(expiredKey) === true;

  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() && password) logIn({ email: email.trim(), password });
  };

  return (
    <Gateway title={t("session.welcome")} hint={t("session.tagline")}>
      <form onSubmit={submit} noValidate>
        {error ? (
          <Notice tone="cinnabar">{sentenceOf(error)}</Notice>
        ) : (
          hasExpired && <Notice tone="amber">{t("session.expired")}</Notice>
        )}
        <Labelled label={t("session.email")} fault={tried && !email.trim() ? t("session.emailMissing") : undefined}>
          {(aria) => (
            <Input
              {...aria}
              size="large"
              type="email"
              autoComplete="username"
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t("session.password")} fault={tried && !password ? t("session.passwordMissing") : undefined}>
          {(aria) => (
            <Input.Password
              {...aria}
              size="large"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Labelled>
        <Button type="primary" htmlType="submit" size="large" block loading={isPending} className="gateway-go">
          {t("session.logIn")}
        </Button>
        <p className="muted gateway-foot">{t("session.forgot")}</p>
      </form>
    </Gateway>
  );
}
