import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { Secret } from "@/ui/secret";
import { createKey, keysQuery } from "./api";
import { ACTIONS, EXPIRIES, keyOf, type Typed } from "./key-limits";

/** Makes a key, and then shows it this once. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState<Typed>({ name: "", tables: [], actions: [], expiry: "365", perMinute: 600 });
  const [tried, setTried] = useState(false);
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => createKey(keyOf(typed, new Date())),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  const faults: Record<string, string | undefined> = { ...(error instanceof ApiError ? error.fields : {}) };
  if (tried && !typed.name.trim()) faults.name = t("account.keyNameMissing");
  const go = () => {
    setTried(true);
    if (typed.name.trim()) mutate();
  };
  if (data) {
    return (
      <Modal
        open
        title={t("account.keyMade")}
        width={520}
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        footer={<Button onClick={onClose}>{t("account.keyClose")}</Button>}
      >
        <p className="key-once">{t("account.keyOnce")}</p>
        <Secret label={`${t("account.key")} · ${typed.name.trim()}`} value={data} />
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t("account.newKey")}
      width={460}
      onCancel={onClose}
      onOk={go}
      okText={t("common.save")}
      okButtonProps={{ loading: isPending }}
    >
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      <KeyFields typed={typed} faults={faults} onChange={(changed) => setTyped({ ...typed, ...changed })} />
      <Notice tone="amber">{t("account.keyWarning")}</Notice>
    </Modal>
  );
}

type FieldsProps = {
  typed: Typed;
  faults: Record<string, string | undefined>;
  onChange: (changed: Partial<Typed>) => void;
};

function KeyFields({ typed, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { tables } = useMeta();
  return (
    <>
      <Labelled label={t("account.keyName")} fault={faults.name} help={t("account.keyNameHint")} required>
        {(aria) => (
          <Input
            {...aria}
            autoFocus
            maxLength={80}
            value={typed.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t("account.keyTables")} fault={faults.tables}>
        {(aria) => (
          <Select
            {...aria}
            mode="multiple"
            style={{ width: "100%" }}
            placeholder={t("account.keyAll")}
            value={typed.tables}
            options={tables.map((table) => ({ value: table.key, label: label(table.label) }))}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(next: string[]) => onChange({ tables: next })}
          />
        )}
      </Labelled>
      <Labelled label={t("account.keyActions")} fault={faults.actions}>
        {(aria) => (
          <Select
            {...aria}
            mode="multiple"
            style={{ width: "100%" }}
            placeholder={t("account.keyAll")}
            value={typed.actions}
            options={ACTIONS.map((action) => ({ value: action, label: t(`roles.actions.${action}`) }))}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(next: string[]) => onChange({ actions: next })}
          />
        )}
      </Labelled>
      <div className="key-pair">
        <Labelled label={t("account.keyExpires")} fault={faults.expires_at}>
          {(aria) => (
            <Select
              {...aria}
              style={{ width: "100%" }}
              value={typed.expiry}
              options={EXPIRIES.map((days) => ({ value: days, label: t(`account.expiries.${days}`) }))}
              onChange={(expiry) => onChange({ expiry })}
            />
          )}
        </Labelled>
        <Labelled label={t("account.keyRate")} fault={faults.per_minute} help={t("account.keyRateHint")}>
          {(aria) => (
            <InputNumber<number>
              {...aria}
              style={{ width: "100%" }}
              min={1}
              max={60_000}
              precision={0}
              value={typed.perMinute}
              onChange={(next) => onChange({ perMinute: next ?? 600 })}
            />
          )}
        </Labelled>
      </div>
    </>
  );
}
