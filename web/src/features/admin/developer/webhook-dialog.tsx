import { Button, Checkbox, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { Secret } from "@/ui/secret";
import { useWrite } from "../use-write";
import { type AskedWebhook, changeWebhook, createWebhook, EVENTS, type Webhook } from "./api";

type Props = { of: Webhook | null; onClose: () => void; onMade: (secret: string) => void };

/** Makes a webhook, or changes one. */
export function WebhookDialog({ of: webhook, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<AskedWebhook>(
    webhook ?? { name: "", url: "", tables: [], events: ["created", "updated"], fields: [] },
  );
  const [tried, setTried] = useState(false);
  const made = useWrite(createWebhook, { onDone: onMade });
  const changed = useWrite(changeWebhook, { said: t("admin.saved"), onDone: onClose });
  const { error } = webhook ? changed : made;
  const faults = {
    ...missing(typed, tried, t("developer.missing")),
    ...(error instanceof ApiError ? error.fields : {}),
  };
  const go = () => {
    setTried(true);
    if (Object.keys(missing(typed, true, "")).length > 0) return;
    const { name, url, tables, events, fields } = typed;
    const asked = { name: name.trim(), url: url.trim(), tables, events, fields };
    if (webhook) changed.mutate({ id: webhook.id, ...asked });
    else made.mutate(asked);
  };
  return (
    <Modal
      open
      title={webhook ? t("developer.edit") : t("developer.newWebhook")}
      width={500}
      onCancel={onClose}
      onOk={go}
      okText={t("common.save")}
      okButtonProps={{ loading: made.isPending || changed.isPending }}
    >
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      <WebhookFields typed={typed} faults={faults} onChange={(next) => setTyped({ ...typed, ...next })} />
    </Modal>
  );
}

function missing(typed: AskedWebhook, tried: boolean, said: string): Record<string, string> {
  if (!tried) return {};
  const empty = (["name", "url", "tables", "events"] as const).filter((key) => typed[key].length === 0);
  return Object.fromEntries(empty.map((key) => [key, said]));
}

type FieldsProps = {
  typed: AskedWebhook;
  faults: Record<string, string | undefined>;
  onChange: (changed: Partial<AskedWebhook>) => void;
};

function WebhookFields({ typed, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { tables } = useMeta();
  const fields = tables
    .filter((table) => typed.tables.includes(table.key))
    .flatMap((table) => table.fields.map((field) => ({ value: field.key, label: label(field.label) })));
  const unique = [...new Map(fields.map((field) => [field.value, field])).values()];
  return (
    <>
      <Labelled label={t("developer.name")} fault={faults.name} required>
        {(aria) => (
          <Input
            {...aria}
            autoFocus
            maxLength={100}
            value={typed.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t("developer.url")} fault={faults.url} help={t("developer.urlHint")} required>
        {(aria) => (
          <Input
            {...aria}
            placeholder="https://"
            inputMode="url"
            value={typed.url}
            onChange={(event) => onChange({ url: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t("developer.tables")} fault={faults.tables} required>
        {(aria) => (
          <Select
            {...aria}
            mode="multiple"
            style={{ width: "100%" }}
            value={typed.tables}
            options={tables.map((table) => ({ value: table.key, label: label(table.label) }))}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(next: string[]) => onChange({ tables: next })}
          />
        )}
      </Labelled>
      <Labelled label={t("developer.when")} fault={faults.events} required>
        {(aria) => (
          <Checkbox.Group
            {...aria}
            value={typed.events}
            options={EVENTS.map((event) => ({ value: event, label: t(`developer.events.${event}`) }))}
            onChange={(next) => onChange({ events: next })}
          />
        )}
      </Labelled>
      <Labelled label={t("developer.fields")} fault={faults.fields} help={t("developer.fieldsHint")}>
        {(aria) => (
          <Select
            {...aria}
            mode="multiple"
            style={{ width: "100%" }}
            value={typed.fields}
            options={unique}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(next: string[]) => onChange({ fields: next })}
          />
        )}
      </Labelled>
    </>
  );
}

/** What signs the messages, shown this once. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("developer.secret")}
      width={520}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={<Button onClick={onClose}>{t("account.keyClose")}</Button>}
    >
      <p>{t("developer.secretHint")}</p>
      <Secret label={t("developer.secret")} value={secret} />
    </Modal>
  );
}
