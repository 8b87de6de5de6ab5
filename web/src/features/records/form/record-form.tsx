import { App, Button, Drawer } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { useIsPhone } from "@/ui/use-is-phone";
import { Duplicates } from "./duplicates";
import { FormFields } from "./form-fields";
import { useRecordForm } from "./use-record-form";
import "./record-form.css";

type Props = {
  table: Table;
  record: Rec | null;
  given?: Record<string, unknown>;
  onClose: () => void;
  onSaved?: (id: number) => void;
};

/** Makes or edits one record in a drawer, with every field its table says may be filled in. */
export function RecordForm({ table, record, given, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { message, modal } = App.useApp();
  const isPhone = useIsPhone();
  const goOn = useRef(false);
  const form = useRecordForm({
    table,
    record,
    ...(given ? { given } : {}),
    onSaved: (id) => {
      message.success(record ? t("records.saved") : t("records.created"));
      onSaved?.(id);
      if (!goOn.current) return onClose();
      form.clear();
    },
  });
  const save = (another: boolean) => {
    goOn.current = another;
    form.save();
  };
  const leave = () => {
    if (!form.isTouched) return onClose();
    modal.confirm({
      title: t("records.discard"),
      okText: t("records.discardYes"),
      cancelText: t("records.discardNo"),
      onOk: onClose,
    });
  };
  const name = label(table.label);
  const hasFaults = Object.keys(form.faults).length > 0;
  return (
    <Drawer
      open
      onClose={leave}
      title={record ? t("records.editTitle", { table: name }) : t("records.createTitle", { table: name })}
      size={isPhone ? "100%" : 640}
      keyboard
      classNames={{ body: "record-form" }}
      footer={
        <div className="record-form-foot">
          {!record && !isPhone && (
            <Button onClick={() => save(true)} disabled={form.isPending}>
              {t("records.createAnother")}
            </Button>
          )}
          <Button onClick={leave}>{t("common.cancel")}</Button>
          <Button type="primary" loading={form.isPending} onClick={() => save(false)}>
            {t("common.save")}
            {!isPhone && <kbd>Ctrl ↵</kbd>}
          </Button>
        </div>
      }
    >
      <form
        key={form.turn}
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(false);
        }}
      >
        {(form.error || hasFaults) && (
          <Notice tone="cinnabar">{form.error ? sentenceOf(form.error) : t("records.checkFields")}</Notice>
        )}
        <Duplicates table={table} values={form.values} except={record?.id ?? null} />
        <FormFields fields={form.fields} values={form.values} faults={form.faults} onChange={form.set} />
      </form>
    </Drawer>
  );
}
