import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { mayCreate, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Command } from "@/features/palette/commands";
import { inMenuOrder, mayAdminister, mayImport, mayOversee } from "./menu";

const ADMIN = ["people", "roles", "tables", "audit", "workspace"] as const;

/** Everywhere one may go and everything one may begin from anywhere. */
export function useCommands(onKeys: () => void, onFirstSteps: (() => void) | null): Command[] {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const navigate = useNavigate();
  const page = (to: string, name: string, icon: string, words = ""): Command => ({
    key: to,
    kind: "page",
    name,
    icon,
    words,
    run: () => void navigate(to),
  });
  const tables = inMenuOrder(meta.tables);
  return [
    page("/today", t("app.today"), "customer-service", "today"),
    ...tables.map(({ key, label: name, settings }) =>
      page(`/t/${key}`, label(name), settings.icon, `${name.zh} ${name.en}`),
    ),
    ...tables.filter(mayCreate).map(
      ({ key, label: name, settings }): Command => ({
        key: `new ${key}`,
        kind: "action",
        name: t("palette.create", { table: label(name) }),
        icon: settings.icon,
        words: `new ${name.zh} ${name.en}`,
        run: () => void navigate(`/t/${key}`, { state: { create: true } }),
      }),
    ),
    ...(mayOversee(meta) ? [page("/flows", t("app.flows"), "project", "flows")] : []),
    ...(mayAdminister(meta) ? ADMIN.map((part) => page(`/admin/${part}`, t(`admin.${part}`), "profile", part)) : []),
    ...(mayImport(meta) ? [page("/changes", t("changes.title"), "audit", "changes undo")] : []),
    page("/account", t("account.title"), "user", "account"),
    ...(onFirstSteps
      ? [
          {
            key: "first",
            kind: "action" as const,
            name: t("checklist.title"),
            icon: "profile",
            words: "getting started first steps 开始使用 入门",
            run: onFirstSteps,
          },
        ]
      : []),
    { key: "keys", kind: "action", name: t("palette.keys"), icon: "table", words: "keyboard ?", run: onKeys },
  ];
}
