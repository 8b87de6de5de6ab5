import { FlagFilled } from "@ant-design/icons";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Fragment, memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CALL, RECORDING } from "@/api/calls";
import { choicesOf } from "@/api/choices";
import { type Field, type Table, useMeta } from "@/api/meta";
import { type Leg, recordingsQuery } from "@/api/recordings";
import { useFormat } from "@/api/use-format";
import { toneOf } from "@/ui/chip";
import { Empty } from "@/ui/empty";
import { TableIcon } from "@/ui/icon";
import { isEmpty, textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { type Change, type Entry, timelineQuery } from "../api";
import { type Comment, commentsQuery } from "../comments/api";
import { CommentEntry } from "../comments/comment-entry";
import { WriteComment } from "../comments/write-comment";
import { CallEntry } from "./call-entry";
import { TimelineFrame } from "./timeline-frame";
import { recordAddress } from "./whereabouts";
import "./timeline.css";

/** What happened with a record, the newest first. */
export const Timeline = memo(function Timeline({ table, id }: { table: Table; id: number }) {
  const { t } = useTranslation();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(timelineQuery(table.key, id));
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const recordings = useRecordings(entries);
  const said = useInfiniteQuery(commentsQuery(table.key, id));
  const told = woven(entries, said.data?.pages.flatMap((page) => page.comments) ?? [], hasNextPage);
  const more = () => {
    if (hasNextPage) void fetchNextPage();
    if (said.hasNextPage) void said.fetchNextPage();
  };
  if (data && said.data && told.length === 0) {
    return (
      <>
        <WriteComment table={table} record={id} />
        <Empty title={t("records.timelineEmpty")} hint={t("records.timelineEmptyHint")} />
      </>
    );
  }
  return (
    <>
      <WriteComment table={table} record={id} />
      <ul className="timeline">
        {told.map((entry) =>
          "text" in entry ? (
            <CommentEntry key={`comment ${entry.id}`} table={table} record={id} comment={entry} />
          ) : entry.kind === "change" ? (
            <Moved key={`change ${entry.id} ${entry.at} ${entry.what}`} table={table} entry={entry} />
          ) : entry.table === CALL && entry.record ? (
            <CallEntry key={`call ${entry.id}`} entry={entry} legs={recordings?.get(entry.id)} />
          ) : (
            <Happened key={`${entry.table} ${entry.id}`} entry={entry} />
          ),
        )}
      </ul>
      {(hasNextPage || said.hasNextPage) && (
        <Button block loading={isFetchingNextPage || said.isFetchingNextPage} onClick={more}>
          {t("common.loadMore")}
        </Button>
      )}
    </>
  );
});

/** Comments among what happened, newest first; those older than what is loaded wait for it. */
function woven(entries: readonly Entry[], comments: readonly Comment[], isMore: boolean): (Entry | Comment)[] {
  const last = isMore ? entries.at(-1)?.at : undefined;
  const shown = comments.filter(({ at }) => last === undefined || Date.parse(at) >= Date.parse(last));
  return [...entries, ...shown].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** What one may hear of the calls shown; one request for all of them. */
function useRecordings(entries: readonly Entry[]): ReadonlyMap<number, Leg[]> | undefined {
  const { table } = useMeta();
  const calls = entries.filter((entry) => entry.table === CALL).map(({ id }) => id);
  return useQuery({
    ...recordingsQuery(calls, table.get(RECORDING)?.rights.read ?? table.has(RECORDING)),
    placeholderData: keepPreviousData,
  }).data;
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
    <TimelineFrame
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
    </TimelineFrame>
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
    <TimelineFrame
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
