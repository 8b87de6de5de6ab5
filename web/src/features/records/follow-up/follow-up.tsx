import { EditOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { journalFields } from "@/api/journal-fields";
import { useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import type { Relation } from "@/api/relations";
import { sentenceOf } from "@/api/sentence";
import { draftKey, draftOf } from "@/lib/drafts";
import { Notice } from "@/ui/notice";
import { useIsPhone } from "@/ui/use-is-phone";
import { useKeys } from "@/ui/use-keys";
import { QuickFields } from "@/widgets/quick-fields";
import { useRecordForm } from "../form/use-record-form";
import "@/widgets/quick-form.css";

type Props = {
  journal: Relation;
  record: Rec;
  given?: Record<string, unknown>;
  onSaved?: () => void;
};

const NOTHING_MARKED = new Set<string>();

/** The quick form; on a phone a button until it is wanted, so that the story stands close under the brief. */
export function FollowUp(props: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const draft = draftKey(useMeta().user.id, props.journal.table.key, `${props.journal.field.key}.${props.record.id}`);
  const [isWanted, setWanted] = useState(() => draftOf(draft, Date.now()) !== null);
  const [isPressed, setPressed] = useState(false);
  if (!isPhone || isWanted) return <Form {...props} draft={draft} toView={isPressed} />;
  return (
    <button
      type="button"
      className="card quick-open"
      onClick={() => {
        setWanted(true);
        setPressed(true);
      }}
    >
      <EditOutlined aria-hidden /> {t("records.followUp")}
    </button>
  );
}

/** What was said, how keen, when next. Made to be filled in by keyboard while the line is still warm. */
function Form({ journal, record, given, onSaved, draft, toView }: Props & { draft: string; toView: boolean }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isPhone = useIsPhone();
  const text = useRef<HTMLTextAreaElement>(null);
  const section = useRef<HTMLElement>(null);
  // Opened by a thumb at the lower edge, the form would stand below it.
  useEffect(() => {
    if (toView) section.current?.scrollIntoView({ block: "start" });
  }, [toView]);
  const form = useRecordForm({
    table: journal.table,
    record: null,
    draft,
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
  return (
    <section
      ref={section}
      className="card quick"
      aria-label={t("records.followUp")}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        form.save();
      }}
    >
      <div className="quick-head">
        <h2>{t("records.followUp")}</h2>
        {!isPhone && <kbd title={t("records.shortcutFollow")}>F</kbd>}
      </div>
      {form.error && Object.keys(form.faults).length === 0 && <Notice tone="cinnabar">{sentenceOf(form.error)}</Notice>}
      <QuickFields
        fields={journalFields(journal.table)}
        values={form.values}
        faults={form.faults}
        required={NOTHING_MARKED}
        onChange={form.set}
        text={text}
        turn={form.turn}
      />
      <Button type="primary" block size="large" className="quick-go" loading={form.isPending} onClick={form.save}>
        {onSaved ? t("records.saveAndNext") : t("common.save")}
        {!isPhone && <kbd>Ctrl ↵</kbd>}
      </Button>
    </section>
  );
}
