import { PaperClipOutlined } from "@ant-design/icons";
import { App, Button, Input } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { choicesOf } from "@/api/choices";
import type { Field } from "@/api/meta";
import type { Rec } from "@/api/records";
import type { Relation } from "@/api/relations";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { Picks } from "@/ui/picks";
import { useIsPhone } from "@/ui/use-is-phone";
import { useKeys } from "@/ui/use-keys";
import { isEmpty, textOf } from "@/widgets/field";
import { FileBox } from "@/widgets/file-box";
import { useRecordForm } from "../form/use-record-form";
import { journalFields } from "./journal-fields";
import { NextTime } from "./next-time";
import "./follow-up.css";

type Props = {
  journal: Relation;
  record: Rec;
  given?: Record<string, unknown>;
  onSaved?: () => void;
};

/** The quick form: what was said, how keen, when next. Made to be filled in by keyboard while the line is still warm. */
export function FollowUp({ journal, record, given, onSaved }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { message } = App.useApp();
  const isPhone = useIsPhone();
  const text = useRef<HTMLTextAreaElement>(null);
  const { usual, text: textField, open, next, files } = journalFields(journal.table);
  const form = useRecordForm({
    table: journal.table,
    record: null,
    given: {
      [journal.field.key]: journal.field.refers?.many ? [record.id] : record.id,
      ...given,
    },
    onSaved: () => {
      message.success(t("records.followUpSaved"));
      form.clear();
      onSaved?.();
    },
  });
  useKeys({ f: () => text.current?.focus() }, !isPhone);

  const pick = (field: Field, look: string) => (
    <Picks
      key={field.key}
      className={look}
      label={label(field.label)}
      picks={choicesOf(field).map((choice) => ({ key: choice.key, label: label(choice.label) }))}
      value={textOf(form.values[field.key]) || null}
      onChange={(key) => form.set(field.key, key ?? (field.required ? form.values[field.key] : null))}
      numbered
    />
  );
  return (
    <section
      className="card follow"
      aria-label={t("records.followUp")}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        form.save();
      }}
    >
      <div className="follow-head">
        <h2>{t("records.followUp")}</h2>
        {!isPhone && <kbd title={t("records.shortcutFollow")}>F</kbd>}
      </div>
      {form.error && Object.keys(form.faults).length === 0 && <Notice tone="cinnabar">{sentenceOf(form.error)}</Notice>}
      {usual.map((field, place) => pick(field, place === 0 ? "even" : "thirds"))}
      {textField && (
        <>
          <Input.TextArea
            ref={(area) => {
              text.current = area?.resizableTextArea?.textArea ?? null;
            }}
            className="follow-text"
            aria-label={label(textField.label)}
            placeholder={textField.help ? label(textField.help) : label(textField.label)}
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={textOf(form.values[textField.key])}
            onChange={(event) => form.set(textField.key, event.target.value)}
            {...(form.faults[textField.key] ? { status: "error" as const, "aria-invalid": true } : {})}
          />
          <Fault text={form.faults[textField.key]} />
        </>
      )}
      {open.map((field) => (
        <div key={field.key}>
          <span className="follow-label">{label(field.label)}</span>
          {pick(field, "even")}
          <Fault text={form.faults[field.key]} />
        </div>
      ))}
      {next && (
        <>
          <NextTime
            key={form.turn}
            field={next}
            value={form.values[next.key]}
            onChange={(at) => form.set(next.key, at)}
          />
          <Fault text={form.faults[next.key]} />
        </>
      )}
      {files && <Files field={files} value={form.values[files.key]} onChange={(value) => form.set(files.key, value)} />}
      <Button type="primary" block size="large" className="follow-go" loading={form.isPending} onClick={form.save}>
        {onSaved ? t("records.saveAndNext") : t("common.save")}
        {!isPhone && <kbd>Ctrl ↵</kbd>}
      </Button>
    </section>
  );
}

function Fault({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <p className="labelled-fault" role="alert">
      {text}
    </p>
  );
}

/** Photos are seldom: a small button until there are some. */
function Files({ field, value, onChange }: { field: Field; value: unknown; onChange: (value: unknown) => void }) {
  const { label } = useFormat();
  const [isOpen, setOpen] = useState(false);
  if (isOpen || !isEmpty(value)) {
    return <FileBox aria={{ id: `follow-${field.key}` }} field={field} value={value} onChange={onChange} />;
  }
  return (
    <button type="button" className="follow-more" onClick={() => setOpen(true)}>
      <PaperClipOutlined aria-hidden /> {label(field.label)}
    </button>
  );
}
