import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Subject, subjectOf } from "@/api/call-subject";
import type { Call } from "@/api/calls";
import { type Field, type Table, useMeta } from "@/api/meta";
import { type Rec, recordQuery, refreshRecords, updateRecord } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { queueOf } from "@/api/views";
import { nextTimes } from "@/lib/next-times";
import { clock, wallAt } from "@/lib/zone";
import { Picks } from "@/ui/picks";
import { useCallees } from "@/widgets/dial/use-callees";
import { useDial } from "@/widgets/dial/use-dial";

type Props = { call: Call; onDone: () => void; onNext?: () => void };

/** Nobody was reached: once more now, another time, or on to the next. */
export function MissedActs({ call, onDone, onNext }: Props) {
  const { t } = useTranslation();
  const subject = subjectOf(useMeta(), call);
  const due = subject ? queueOf(subject.table)?.due : undefined;
  const go = onNext
    ? () => {
        onDone();
        onNext();
      }
    : null;
  return (
    <>
      {subject && due?.writable && <Again subject={subject} due={due} onSaved={go ?? onDone} />}
      <div className="phone-row">
        {subject && <Redial subject={subject} call={call} />}
        {go && (
          <button type="button" className="phone-go" autoFocus onClick={go}>
            {t("phone.next")}
          </button>
        )}
      </div>
    </>
  );
}

function Redial({ subject, call }: { subject: Subject; call: Call }) {
  const { data: record } = useQuery(recordQuery(subject.table.key, subject.id));
  return record ? <RedialOf table={subject.table} record={record} number={call.number} /> : null;
}

function RedialOf({ table, record, number }: { table: Table; record: Rec; number: string | null | undefined }) {
  const { t } = useTranslation();
  const dial = useDial();
  const all = useCallees(table, record);
  // The number just called, as far as one may see it; else the first.
  const same = all.find((one) => one.number === number) ?? all[0];
  if (!same) return null;
  return (
    <button type="button" className="phone-plain" onClick={() => void dial(same)}>
      {t("phone.callAgain")}
    </button>
  );
}

/** Puts the customer back into the queue for later. */
function Again({ subject, due, onSaved }: { subject: Subject; due: Field; onSaved: () => void }) {
  const { t } = useTranslation();
  const { zone, when } = useFormat();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [times] = useState(() =>
    nextTimes(new Date(), zone).flatMap(({ key, at }) =>
      key === "hour" || key === "afternoon" || key === "tomorrow" ? [{ key, at }] : [],
    ),
  );
  const { mutate, isPending } = useMutation({
    mutationFn: (at: string) => updateRecord(subject.table.key, { id: subject.id, [due.key]: at }),
    onSuccess: async (_, at) => {
      message.success(t("phone.againSaved", { when: when(at) }));
      onSaved();
      await refreshRecords(client);
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return (
    <div className="phone-again">
      {t("phone.again")}
      <Picks
        label={t("phone.again")}
        picks={times.map(({ key, at }) => ({
          key: at,
          label: t(`records.quick.${key}`, { at: clock(wallAt(new Date(at), zone)) }),
        }))}
        value={null}
        onChange={(at) => at && !isPending && mutate(at)}
      />
    </div>
  );
}
