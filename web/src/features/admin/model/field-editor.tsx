import { App, Button, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldType } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { useIsPhone } from "@/ui/use-is-phone";
import { useWrite } from "../use-write";
import { type DesignField, type DesignTable, deleteField } from "./api";
import { FieldAliases } from "./field-aliases";
import { FieldLook } from "./field-look";
import { FieldRules } from "./field-rules";
import { TypeIcon } from "./type-look";
import type { Designer } from "./use-designer";
import { useFieldDraft } from "./use-field-draft";

type Props = { table: DesignTable; kind: FieldType; field: DesignField | null; designer: Designer };

/** Everything about one field: how it looks, what it must hold to, how imports know it. */
export function FieldEditor({ table, kind, field, designer }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const isPhone = useIsPhone();
  const form = useFieldDraft({ table, kind, field, designer });
  const [tab, setTab] = useState("look");
  const items = [
    { key: "look", label: t("model.tabs.look"), children: <FieldLook kind={kind} field={field} form={form} /> },
    { key: "rules", label: t("model.tabs.rules"), children: <FieldRules kind={kind} field={field} form={form} /> },
    ...(kind.automatic
      ? []
      : [{ key: "import", label: t("model.tabs.import"), children: <FieldAliases form={form} /> }]),
  ];
  const save = () => {
    // What is missing stands on the first page.
    setTab("look");
    form.save();
  };
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
      }}
      noValidate
    >
      <div className="editor-kind">
        <span className="field-icon">
          <TypeIcon type={kind.type} />
        </span>
        <div>
          <b>{field ? label(field.label) : t("model.newOf", { type: label(kind.label) })}</b>
          <p className="muted">{field ? label(kind.label) : label(kind.help)}</p>
        </div>
      </div>
      {form.error && <Notice tone="cinnabar">{Object.values(form.refused)[0] ?? sentenceOf(form.error)}</Notice>}
      <Tabs className="editor-tabs" items={items} activeKey={tab} onChange={setTab} size="small" />
      <div className="editor-foot">
        {field && <TakeOut table={table} field={field} designer={designer} />}
        <Button onClick={field ? form.discard : designer.close} disabled={field !== null && !form.isDirty}>
          {t("common.cancel")}
        </Button>
        <Button type="primary" onClick={save} loading={form.isPending} disabled={field !== null && !form.isDirty}>
          {t("common.save")}
          {!isPhone && <kbd>Ctrl ↵</kbd>}
        </Button>
      </div>
    </form>
  );
}

type TakeOutProps = { table: DesignTable; field: DesignField; designer: Designer };

function TakeOut({ table, field, designer }: TakeOutProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { modal } = App.useApp();
  const { mutateAsync } = useWrite((key: string) => deleteField(table.key, key), {
    loud: true,
    said: t("model.takenOut"),
    onDone: () => designer.finish(null),
  });
  const hints = t("model.takeOutHints", { returnObjects: true, key: field.key }) as unknown as string[];
  const ask = () =>
    modal.confirm({
      title: t("model.takeOutTitle", { name: label(field.label) }),
      icon: null,
      width: 440,
      content: (
        <ul className="admin-hints">
          {hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      ),
      okText: t("model.takeOut"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: () => mutateAsync(field.key).catch(() => {}),
    });
  return (
    <Button danger type="text" className="editor-out" onClick={ask}>
      {t("model.takeOut")}
    </Button>
  );
}
