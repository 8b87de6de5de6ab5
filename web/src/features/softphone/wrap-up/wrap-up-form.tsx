import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Subject, subjectOf } from "@/api/call-subject";
import { type Call, type Draft, owesWrapUp, type WrapUp } from "@/api/calls";
import { offeredOf } from "@/api/choices";
import { type Field, type Table, useMeta } from "@/api/meta";
import { recordQuery } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { clock, wallAt } from "@/lib/zone";
import { Notice } from "@/ui/notice";
import { Picks } from "@/ui/picks";
import { useIsPhone } from "@/ui/use-is-phone";
import { useKeys } from "@/ui/use-keys";
import { QuickFields } from "@/widgets/quick-fields";
import { QuickLabel } from "@/widgets/quick-label";
import { STAGE } from "./rules";
import type { Kept } from "./use-draft";
import { useWrapUp } from "./use-wrap-up";
import "./wrap-up.css";

type Props = {
  call: Call;
  table: Table;
  rules: WrapUp;
  draft: Draft | null;
  onSaved: () => void;
  /** Whether somebody else waits to be called. */
  hasNext: boolean;
};

/** What must be written down of a call before the next one; it can be begun while one speaks. */
export function WrapUpForm({ call, table, rules, draft, onSaved, hasNext }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const isPhone = useIsPhone();
  const text = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLElement>(null);
  const form = useWrapUp({
    call,
    table,
    rules,
    draft,
    onSaved: () => {
      onSaved();
      message.success(t("phone.saved"));
    },
  });
  const isOver = owesWrapUp(call);
  const subject = subjectOf(useMeta(), call);
  useKeys({ f: () => text.current?.focus() }, !isPhone);
  // Hung up: one writes on without reaching for the mouse. Who is writing already is left where he is.
  useEffect(() => {
    if (isOver && !isPhone && !box.current?.contains(document.activeElement)) text.current?.focus();
  }, [isOver, isPhone]);
  return (
    <section
      ref={box}
      className={isOver ? "card quick wrap-up owed" : "card quick wrap-up"}
      aria-label={t("phone.wrapUpOf", { name: subject?.title ?? "" })}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        if (isOver) form.save();
      }}
    >
      <div className="quick-head">
        <h2>{t("phone.wrapUp")}</h2>
        <KeptAt kept={form.kept} />
      </div>
      {form.error && Object.keys(form.faults).length === 0 && <Notice tone="cinnabar">{sentenceOf(form.error)}</Notice>}
      <QuickFields
        fields={form.fields}
        values={form.draft.values}
        faults={form.faults}
        required={form.required}
        onChange={form.set}
        text={text}
        turn={call.id}
        middle={
          form.customer && (
            <Stages
              customer={form.customer}
              value={form.draft.stage ?? null}
              fault={form.faults[STAGE]}
              onChange={(stage) => form.set(STAGE, stage)}
            />
          )
        }
      />
      <Button
        type="primary"
        block
        size="large"
        className="quick-go"
        loading={form.isPending}
        disabled={!isOver}
        onClick={form.save}
      >
        {!isOver ? t("phone.afterHangUp") : hasNext ? t("phone.saveAndNext") : t("phone.save")}
        {!isPhone && isOver && <kbd>Ctrl ↵</kbd>}
      </Button>
    </section>
  );
}

function KeptAt({ kept }: { kept: Kept }) {
  const { t } = useTranslation();
  const { zone } = useFormat();
  if (!kept) return null;
  return (
    <span className="muted" role="status">
      {"at" in kept ? t("phone.draftSaved", { at: clock(wallAt(kept.at, zone)) }) : t("phone.draftFailed")}
    </span>
  );
}

type StagesProps = {
  customer: Subject & { stage: Field };
  value: string | null;
  fault: string | undefined;
  onChange: (stage: string | null) => void;
};

/** How far the customer has come; said anew after every call, so that it is thought about. */
function Stages({ customer: { table, id, stage }, value, fault, onChange }: StagesProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { data: record } = useQuery(recordQuery(table.key, id));
  return (
    <>
      <QuickLabel isRequired>{label(stage.label)}</QuickLabel>
      <Picks
        className="thirds"
        label={label(stage.label)}
        picks={offeredOf(stage, record?.[stage.key]).map((choice) => ({
          key: choice.key,
          label: (
            <>
              {label(choice.label)}
              {record?.[stage.key] === choice.key && <small className="wrap-up-now">{t("phone.stageNow")}</small>}
            </>
          ),
        }))}
        value={value}
        onChange={onChange}
        numbered
      />
      {fault && (
        <p className="labelled-fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
