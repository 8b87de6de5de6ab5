import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Dropdown, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Notice } from "@/ui/notice";
import { SimpleTable } from "@/ui/simple-table";
import { useWrite } from "../use-write";
import { changeWebhook, deleteWebhook, EVENTS, pingWebhook, renewSecret, type Webhook, webhooksQuery } from "./api";
import { DeliveriesDrawer } from "./deliveries-drawer";
import { SecretDialog, WebhookDialog } from "./webhook-dialog";

/** Who is told of changes. */
export function WebhooksCard() {
  const { t } = useTranslation();
  const { data = [], error, isPending } = useQuery(webhooksQuery);
  const [edited, setEdited] = useState<Webhook | "new" | null>(null);
  const [looked, setLooked] = useState<Webhook | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const heads = [
    { key: "name", label: t("developer.heads.name") },
    { key: "what", label: t("developer.heads.what") },
    { key: "state", label: t("developer.heads.state"), width: 150 },
    { key: "acts", label: t("developer.heads.acts"), silent: true },
  ];
  return (
    <section className="card developer-card" aria-labelledby="developer-webhooks">
      <div className="developer-title">
        <h2 id="developer-webhooks">{t("developer.webhooks")}</h2>
        <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited("new")}>
          {t("developer.newWebhook")}
        </Button>
      </div>
      <p className="muted">{t("developer.webhooksHint")}</p>
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {data.length > 0 && (
        <SimpleTable label={t("developer.webhooks")} heads={heads}>
          {data.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              of={webhook}
              onEdit={() => setEdited(webhook)}
              onLook={() => setLooked(webhook)}
              onSecret={setSecret}
            />
          ))}
        </SimpleTable>
      )}
      {!isPending && !error && data.length === 0 && <p className="developer-none">{t("developer.noWebhooks")}</p>}
      {edited && (
        <WebhookDialog
          of={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
          onMade={(made) => {
            setEdited(null);
            setSecret(made);
          }}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
      {looked && <DeliveriesDrawer of={looked} onClose={() => setLooked(null)} />}
    </section>
  );
}

type RowProps = { of: Webhook; onEdit: () => void; onLook: () => void; onSecret: (secret: string) => void };

function WebhookRow({ of: webhook, onEdit, onLook, onSecret }: RowProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { mutate: change, isPending } = useWrite(changeWebhook, { loud: true });
  const { mutate: ping } = useWrite(pingWebhook, { loud: true, said: t("developer.pinged"), onDone: onLook });
  const { mutate: renew } = useWrite(renewSecret, { loud: true, onDone: onSecret });
  const { mutateAsync: remove } = useWrite(deleteWebhook, { loud: true, said: t("developer.removed") });
  const sure = (title: string, content: string, onOk: () => unknown) =>
    modal.confirm({
      title,
      content,
      icon: null,
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk,
    });
  const acts = [
    { key: "edit", label: t("developer.edit"), onClick: onEdit },
    { key: "ping", label: t("developer.ping"), onClick: () => ping(webhook.id) },
    {
      key: "renew",
      label: t("developer.renew"),
      onClick: () => void sure(t("developer.renew"), t("developer.renewHint"), () => renew(webhook.id)),
    },
    {
      key: "remove",
      danger: true,
      label: t("developer.remove"),
      onClick: () =>
        void sure(t("developer.removeTitle", { name: webhook.name }), t("developer.removeHint"), () =>
          remove(webhook.id).catch(() => {}),
        ),
    },
  ];
  return (
    <tr>
      <td>
        <b>{webhook.name}</b>
        <small className="developer-url">{webhook.url}</small>
      </td>
      <td>
        <Listens of={webhook} />
      </td>
      <td>
        <State of={webhook} />
      </td>
      <td className="right developer-row-acts">
        <Switch
          size="small"
          checked={webhook.active}
          loading={isPending}
          aria-label={t("developer.activeOf", { name: webhook.name })}
          onChange={(active) => change({ id: webhook.id, active })}
        />
        <Button size="small" type="text" onClick={onLook}>
          {t("developer.look")}
        </Button>
        <Dropdown menu={{ items: acts }} trigger={["click"]}>
          <Button size="small" type="text" aria-label={t("developer.moreOf", { name: webhook.name })}>
            ⋯
          </Button>
        </Dropdown>
      </td>
    </tr>
  );
}

function Listens({ of: webhook }: { of: Webhook }) {
  const { t } = useTranslation();
  const { label, language } = useFormat();
  const meta = useMeta();
  const between = language === "zh" ? "、" : ", ";
  const tables = webhook.tables.map((key) => {
    const table = meta.table.get(key);
    return table ? label(table.label) : key;
  });
  const events = EVENTS.filter((event) => webhook.events.includes(event)).map((event) =>
    t(`developer.events.${event}`),
  );
  return (
    <>
      {tables.join(between)}
      <small>
        {events.join(between)}
        {webhook.fields.length > 0 && ` (${webhook.fields.join(between)})`}
      </small>
    </>
  );
}

function State({ of: webhook }: { of: Webhook }) {
  const { t } = useTranslation();
  const { when } = useFormat();
  if (!webhook.active) return <Chip>{t("developer.states.off")}</Chip>;
  if (webhook.paused_until && new Date(webhook.paused_until) > new Date()) {
    return <Chip tone="cinnabar">{t("developer.states.paused", { at: when(webhook.paused_until) })}</Chip>;
  }
  if (webhook.failures > 0) {
    return <Chip tone="amber">{t("developer.states.failing", { count: webhook.failures })}</Chip>;
  }
  return <Chip tone="jade">{t("developer.states.well")}</Chip>;
}
