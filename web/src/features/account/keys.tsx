import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Notice } from "@/ui/notice";
import { SimpleTable } from "@/ui/simple-table";
import { type Key, keysQuery, revokeKey } from "./api";
import { KeyDialog } from "./key-dialog";
import { ACTIONS } from "./key-limits";

/** My API keys. */
export function Keys() {
  const { t } = useTranslation();
  const { data = [], error, isPending } = useQuery(keysQuery);
  const [isNew, setNew] = useState(false);
  const heads = [
    { key: "name", label: t("account.heads.name") },
    { key: "may", label: t("account.heads.may") },
    { key: "used", label: t("account.heads.used") },
    { key: "expires", label: t("account.heads.expires") },
    { key: "acts", label: t("account.heads.acts"), silent: true },
  ];
  return (
    <section className="account-card card">
      <div className="account-title">
        <h2>{t("account.keys")}</h2>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setNew(true)}>
          {t("account.newKey")}
        </Button>
      </div>
      <p className="muted">{t("account.keysHint")}</p>
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {data.length > 0 && (
        <div className="keys">
          <SimpleTable label={t("account.keys")} heads={heads}>
            {data.map((key) => (
              <KeyRow key={key.id} of={key} />
            ))}
          </SimpleTable>
        </div>
      )}
      {!isPending && !error && data.length === 0 && (
        <div className="keys-none">
          <b>{t("account.noKeys")}</b>
          <p className="muted">{t("account.noKeysHint", { address: `${window.location.origin}/api/openapi.json` })}</p>
        </div>
      )}
      {isNew && <KeyDialog onClose={() => setNew(false)} />}
    </section>
  );
}

function KeyRow({ of: key }: { of: Key }) {
  const { t } = useTranslation();
  const { when, dateTime } = useFormat();
  const ask = useRevoke(key);
  const isOver = key.expires_at !== null && new Date(key.expires_at) < new Date();
  return (
    <tr className={isOver ? "key-over" : undefined}>
      <td>
        <b>{key.name}</b>
        <small className="key-prefix">{key.prefix}…</small>
      </td>
      <td>
        <May of={key} />
      </td>
      <td className={key.last_used_at ? "num" : "faint"}>
        {key.last_used_at ? when(key.last_used_at) : t("account.neverUsed")}
      </td>
      <td className={key.expires_at ? "num" : "faint"}>
        {isOver ? (
          <Chip tone="cinnabar">{t("account.expired")}</Chip>
        ) : key.expires_at ? (
          t("account.until", { day: dateTime(key.expires_at).slice(0, 10) })
        ) : (
          t("account.forever")
        )}
      </td>
      <td className="right">
        <Button size="small" danger type="text" onClick={ask} aria-label={t("account.revokeOf", { name: key.name })}>
          {t("account.revoke")}
        </Button>
      </td>
    </tr>
  );
}

/** What a key may do, in words. */
function May({ of: { tables, actions } }: { of: Key }) {
  const { t } = useTranslation();
  const { label, language } = useFormat();
  const meta = useMeta();
  if (!tables && !actions) return <>{t("account.everything")}</>;
  const between = language === "zh" ? "、" : ", ";
  const tableNames = tables?.map((key) => {
    const table = meta.table.get(key);
    return table ? label(table.label) : key;
  });
  const actionNames = actions?.map((key) => {
    const action = ACTIONS.find((one) => one === key);
    return action ? t(`roles.actions.${action}`) : key;
  });
  return (
    <>
      {tableNames?.join(between) ?? t("account.allTables")}
      <small>{actionNames?.join(between) ?? t("account.allActions")}</small>
    </>
  );
}

function useRevoke({ id, name }: Key) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationFn: revokeKey,
    onSuccess: () => void message.success(t("account.revoked")),
    onError: (error) => void message.error(sentenceOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  return () =>
    modal.confirm({
      title: t("account.revokeTitle", { name }),
      icon: null,
      content: t("account.revokeHint"),
      okText: t("account.revoke"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: () => mutateAsync(id).catch(() => {}),
    });
}
