import { FlagFilled } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { choicesOf } from "@/api/choices";
import { type Field, type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { toneOf } from "@/ui/chip";
import { Empty } from "@/ui/empty";
import { TableIcon } from "@/ui/icon";
import type { Tone } from "@/ui/tokens";
import { isEmpty, textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { type Change, type Entry, timelineQuery } from "../api";
import { recordAddress } from "./whereabouts";
import "./timeline.css";

/** What happened with a record, the newest first. */
export function Timeline({ table, id }: { table: Table; id: number }) {
  const { t } = useTranslation();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(timelineQuery(table.key, id));
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  if (data && entries.length === 0) {
    return <Empty title={t("records.timelineEmpty")} hint={t("records.timelineEmptyHint")} />;
  }
  return (
    <>
      <ul className="timeline">
        {entries.map((entry) =>
          entry.kind === "change" ? (
            <Moved key={`change ${entry.id} ${entry.at} ${entry.what}`} table={table} entry={entry} />
          ) : (
            <Happened key={`${entry.table} ${entry.id}`} entry={entry} />
          ),
        )}
      </ul>
      {hasNextPage && (
        <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("common.loadMore")}
        </Button>
      )}
    </>
  );
}

type FrameProps = {
  icon: ReactNode;
  tone: Tone;
  title: ReactNode;
  by: number | null | undefined;
  at: string;
  children?: ReactNode;
};

function Frame({ icon, tone, title, by, at, children }: FrameProps) {
  const { t } = useTranslation();
  const { person } = useMeta();
  const { when, dateTime } = useFormat();
  return (
    <li className="event" data-tone={tone}>
      <span className="event-icon" aria-hidden="true">
        {icon}
      </span>
      <div className="event-body">
        <div className="event-head">
          <b>{title}</b>
          <span className="muted">{by ? (person.get(by)?.name ?? "") : t("records.system")}</span>
          <time dateTime={at} title={dateTime(at)}>
            {when(at)}
          </time>
        </div>
        {children}
      </div>
    </li>
  );
}

/** A record of another table that points here: a follow-up, a task, a quote. */
function Happened({ entry }: { entry: Entry }) {
  const { table: tables } = useMeta();
  const { label } = useFormat();
  const table = tables.get(entry.table);
  const record = entry.record;
  if (!table || !record) return null;
  const { names, words, texts, rest, tone } = summaryOf(table, record);
  const title = [
    label(table.label),
    ...names.map(({ key }) => textOf(record[key])),
    ...words.map(({ field, key }) => choiceLabel(field, key, label)),
  ].join(" · ");
  return (
    <Frame
      icon={<TableIcon name={table.settings.icon} />}
      tone={tone}
      by={entry.by}
      at={entry.at}
      title={
        <Link to={recordAddress(table.key, entry.id)} className="event-link">
          {title}
        </Link>
      }
    >
      {texts.map(({ key }) => (
        <p key={key} className="event-text">
          {textOf(record[key])}
        </p>
      ))}
      {rest.length > 0 && (
        <div className="event-rest">
          {rest.map((field) => (
            <Fragment key={field.key}>
              <span className="muted">{label(field.label)}</span>
              <FieldCell value={record[field.key]} field={field} roomy />
            </Fragment>
          ))}
        </div>
      )}
    </Frame>
  );
}

/** The summary of an entry: names and chosen words make its heading, long text its body, the rest a line below. */
function summaryOf(table: Table, record: Record<string, unknown>) {
  const fields = table.settings.summary
    .flatMap((key) => table.byKey.get(key) ?? [])
    .filter((field) => !isEmpty(record[field.key]) && field.key !== table.settings.timeline);
  const words = fields.filter(({ widget }) => widget === "dropdown");
  const [first] = words;
  const color = first && choicesOf(first).find(({ key }) => key === record[first.key])?.color;
  const heading = new Set(["text", "dropdown", "long-text"]);
  return {
    names: fields.filter(({ widget }) => widget === "text"),
    words: words.map((field) => ({ field, key: textOf(record[field.key]) })),
    texts: fields.filter(({ widget }) => widget === "long-text"),
    rest: fields.filter(({ widget }) => !heading.has(widget)),
    tone: toneOf(color),
  };
}

const choiceLabel = (field: Field, key: string, label: (label: { zh: string; en: string }) => string) => {
  const choice = choicesOf(field).find((one) => one.key === key);
  return choice ? label(choice.label) : key;
};

/** The record itself moved: its stage, its owner. */
function Moved({ table, entry }: { table: Table; entry: Entry }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const changes = (entry.changes ?? []).flatMap((change) => {
    const field = table.byKey.get(change.field);
    return field ? [{ change, field }] : [];
  });
  const words: Record<string, string> = {
    created: t("records.createdEntry"),
    deleted: t("records.deletedEntry"),
    restored: t("records.restoredEntry"),
  };
  const word = words[entry.what ?? ""];
  if (!word && changes.length === 0) return null;
  return (
    <Frame
      icon={<FlagFilled aria-hidden />}
      tone={entry.what === "deleted" ? "cinnabar" : "amber"}
      by={entry.by}
      at={entry.at}
      title={
        word ??
        changes.map(({ change, field }) => (
          <span key={field.key} className="event-move">
            {label(field.label)} <Move change={change} field={field} />
          </span>
        ))
      }
    />
  );
}

function Move({ change, field }: { change: Change; field: Field }) {
  const { t } = useTranslation();
  const side = (value: unknown) => (isEmpty(value) ? t("common.empty") : <FieldCell value={value} field={field} />);
  return (
    <span className="event-sides">
      {side(change.from)} → {side(change.to)}
    </span>
  );
}
