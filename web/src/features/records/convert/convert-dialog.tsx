import { useQuery } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { isComposing } from "@/ui/use-composing";
import { useIsPhone } from "@/ui/use-is-phone";
import { recordAddress } from "../record/whereabouts";
import { type Became, type Converted, type Proposal, proposalQuery } from "./api";
import { TargetCard } from "./target-card";
import { type Conversion, useConversion } from "./use-conversion";
import "./convert.css";

type Props = { table: Table; record: Rec; onClose: () => void };

/** Turns a record into what it becomes, filled in and ready: one Enter, and one goes on with the last of them. */
export function ConvertDialog({ table, record, onClose }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const isPhone = useIsPhone();
  const form = useRef<Conversion>(null);
  const { data: proposal, error, refetch, isFetching } = useQuery(proposalQuery(table.key, record.id));
  const [turn, setTurn] = useState(0);
  const onDone = useDone(onClose);
  const again = async () => {
    await refetch();
    setTurn(turn + 1);
  };
  return (
    <Modal
      open
      title={`${t("convert.title", { table: label(table.label) })} · ${titleOf(table, record)}`}
      onCancel={onClose}
      width={isPhone ? "100%" : 1040}
      className="convert"
      footer={
        <>
          {!isPhone && <span className="muted convert-hint">{t("convert.hint")}</span>}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" disabled={!proposal} onClick={() => form.current?.go()}>
            {t("convert.go")}
            {!isPhone && <kbd>↵</kbd>}
          </Button>
        </>
      }
    >
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {!proposal && !error && <span className="bone" style={{ width: "100%", height: 260, borderRadius: 12 }} />}
      {proposal && proposal.became.length > 0 && <Already became={proposal.became} />}
      {proposal && !(turn === 0 && isFetching && !proposal) && (
        <Form
          key={turn}
          table={table}
          record={record}
          proposal={proposal}
          form={form}
          onDone={onDone}
          onAgain={again}
        />
      )}
    </Modal>
  );
}

/** Says what came of it, offers the way back, and opens the last record that was made. */
function useDone(onClose: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  return ({ became }: Converted) => {
    const back = (
      <Button type="link" size="small" onClick={() => void navigate("/changes")}>
        {t("convert.back")}
      </Button>
    );
    message.success({
      content: (
        <>
          {t("convert.done")} {back}
        </>
      ),
      duration: 6,
    });
    onClose();
    const last = became.at(-1);
    if (last) void navigate(recordAddress(last.table, last.id));
  };
}

type FormProps = {
  table: Table;
  record: Rec;
  proposal: Proposal;
  form: { current: Conversion | null };
  onDone: (converted: Converted) => void;
  onAgain: () => Promise<void>;
};

function Form({ table, record, proposal, form, onDone, onAgain }: FormProps) {
  const { t } = useTranslation();
  // What is typed belongs to the proposal it was typed into, whatever comes in meanwhile.
  const [first] = useState(proposal);
  const conversion = useConversion({ table: table.key, id: record.id, proposal: first, onDone });
  form.current = conversion;
  const focused = first.targets.findIndex(({ link }) => conversion.plans[link]?.as === "new");
  const { error, became, isStale } = conversion;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in any box of it finishes
    <div
      className="targets"
      data-busy={conversion.isPending || undefined}
      onKeyDown={(event) => enter(event, conversion.go)}
    >
      {became.length > 0 && <Already became={became} />}
      {error && became.length === 0 && (
        <Notice
          tone="cinnabar"
          action={
            isStale && (
              <Button size="small" onClick={() => void onAgain()}>
                {t("convert.again")}
              </Button>
            )
          }
        >
          {sentenceOf(error)}
        </Notice>
      )}
      {first.targets.map((target, place) => {
        const plan = conversion.plans[target.link];
        if (!plan) return null;
        return (
          <TargetCard
            key={target.link}
            target={target}
            plan={plan}
            faults={conversion.faultsOf(target.link)}
            onChange={(change) => conversion.change(target.link, change)}
            autoFocus={place === focused}
          />
        );
      })}
    </div>
  );
}

/** Enter finishes, except where it means something of its own: a new line, an open list. */
function enter(event: KeyboardEvent, go: () => void): void {
  if (event.key !== "Enter" || event.defaultPrevented || isComposing(event.nativeEvent)) return;
  const box = event.target as HTMLElement;
  const isForced = event.ctrlKey || event.metaKey;
  if (
    !isForced &&
    (box.tagName === "TEXTAREA" || box.getAttribute("aria-expanded") === "true" || box.closest("button, a"))
  )
    return;
  event.preventDefault();
  go();
}

/** It was converted before: the way to what it became. */
function Already({ became }: { became: readonly Became[] }) {
  const { t } = useTranslation();
  return (
    <Notice tone="amber">
      {t("convert.already")}{" "}
      {became.map(({ link, table, id, title }) => (
        <Link key={link} to={recordAddress(table, id)} className="duplicate">
          {title || `#${id}`}
        </Link>
      ))}
    </Notice>
  );
}
