import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MenuProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { sessionKey } from "@/api/keys";
import { useMeta } from "@/api/meta";
import { noticesQuery } from "@/api/notices";
import { logOut, setLanguage } from "@/api/session";
import { useLanguage } from "@/api/use-format";
import { forgetDraftsOfOthers } from "@/lib/drafts";
import { initial } from "@/lib/format";
import { LANGUAGES, type Language } from "@/lib/i18n";
import { late } from "@/ui/late";
import { DropMenu } from "./drop-menu";
import { type Entry, mayAdminister, mayImport, mayOversee } from "./menu";
import { chooseLanguage, THEMES, type Theme } from "./preferences";
import { useThemeChoice } from "./theme-context";

const PasswordDialog = late(async () => (await import("@/features/session/password-dialog")).PasswordDialog);

type Props = {
  placement: "rightBottom" | "top";
  more?: Entry[];
  /** Where there is no room for a bell, it stands in here. */
  onNotices?: () => void;
  /** Where there is no rail, the search of everything stands in here. */
  onFind?: () => void;
  /** Brings the first steps back; null where there are none. */
  onFirstSteps: (() => void) | null;
};

/** Who I am here, and what I may set for myself. */
export function UserMenu({ placement, more = [], onNotices, onFind, onFirstSteps }: Props) {
  const { t } = useTranslation();
  const { user } = useMeta();
  const [changing, setChanging] = useState(false);
  const unread = useQuery(noticesQuery).data?.unread ?? 0;
  const menu = useUserMenu({
    more,
    onPassword: () => setChanging(true),
    news: onNotices ? { open: onNotices, unread } : null,
    onFind,
    onFirstSteps,
  });
  return (
    <>
      <DropMenu menu={menu} placement={placement === "top" ? "topRight" : "topLeft"}>
        <button type="button" className="me" aria-label={`${t("app.me")}: ${user.name}`}>
          <span>{initial(user.name)}</span>
          {onNotices && unread > 0 && <i className="me-news" />}
        </button>
      </DropMenu>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}

type News = { open: () => void; unread: number };

type Ways = {
  more: Entry[];
  onPassword: () => void;
  news: News | null;
  onFind: (() => void) | undefined;
  onFirstSteps: (() => void) | null;
};

function useUserMenu({ more, onPassword, news, onFind, onFirstSteps }: Ways): MenuProps {
  const { t } = useTranslation();
  const language = useLanguage();
  const meta = useMeta();
  const { user } = meta;
  const { theme, setTheme } = useThemeChoice();
  const navigate = useNavigate();
  const leave = useLogOut();
  const pages = more.map((entry) => ({ key: `page:${entry.to}`, label: entry.label[language] }));
  const choices: MenuProps["items"] = [
    {
      key: "language",
      label: t("app.language"),
      children: LANGUAGES.map((key) => ({ key: `language:${key}`, label: t(`app.languages.${key}`) })),
    },
    {
      key: "theme",
      label: t("app.theme"),
      children: THEMES.map((key) => ({ key: `theme:${key}`, label: t(`app.themes.${key}`) })),
    },
  ];
  return {
    selectedKeys: [`theme:${theme}`, `language:${language}`],
    items: [
      {
        key: "me",
        type: "group",
        label: (
          <span className="me-name">
            {user.name}
            <small>{user.email}</small>
          </span>
        ),
      },
      ...(news
        ? [{ key: "notices", label: t("notices.title"), extra: news.unread || undefined }, { type: "divider" as const }]
        : []),
      ...(onFind ? [{ key: "find", label: t("palette.title") }] : []),
      ...pages,
      ...(pages.length ? [{ key: "line", type: "divider" as const }] : []),
      ...(mayOversee(meta) ? [{ key: "page:/flows", label: t("app.flows") }] : []),
      { key: "page:/account", label: t("account.title") },
      ...(mayAdminister(meta) ? [{ key: "page:/admin", label: t("app.admin") }] : []),
      ...(mayImport(meta) ? [{ key: "page:/changes", label: t("changes.title") }] : []),
      ...(onFirstSteps ? [{ key: "first", label: t("checklist.title") }] : []),
      // Where it stands in for the rail it is long enough; both are set in one's account, too.
      ...(onFind ? [] : choices),
      { key: "password", label: t("app.password") },
      { type: "divider" },
      { key: "leave", label: t("app.logOut") },
    ],
    onClick: ({ key }) => {
      const [kind, value = ""] = key.split(/:(.*)/);
      if (kind === "language") {
        void chooseLanguage(value as Language);
        // The screen has changed already; that mails follow only the next time is no reason to complain.
        setLanguage(value).catch(() => {});
      }
      if (kind === "theme") setTheme(value as Theme);
      if (kind === "notices") news?.open();
      if (kind === "find") onFind?.();
      if (kind === "first") onFirstSteps?.();
      if (kind === "page") navigate(value);
      if (kind === "password") onPassword();
      if (kind === "leave") leave();
    },
  };
}

function useLogOut(): () => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: logOut,
    onSettled: () => {
      // First the gate closes, then all is forgotten: the other way round a page still open would ask again, be
      // refused, and show that instead of the log-in.
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
      client.getMutationCache().clear();
      forgetDraftsOfOthers(null);
    },
  });
  return () => mutate();
}
