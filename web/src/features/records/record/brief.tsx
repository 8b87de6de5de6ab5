import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isUnderWay, recordRunsQuery } from "@/api/flow-runs";
import { journalFields } from "@/api/journal-fields";
import { type Table, useMeta } from "@/api/meta";
import { type Rec, refreshRecords, updateRecord } from "@/api/records";
import { journalOf, type Relation } from "@/api/relations";
import { sentenceOf } from "@/api/sentence";
import { titleOf } from "@/api/title";
import { type Todos, todosOf } from "@/api/todos";
import { useFormat } from "@/api/use-format";
import { queueOf } from "@/api/views";
import { dueOf } from "@/lib/due";
import { isEmpty, textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { RunNote } from "@/widgets/run-note/run-note";
import { lastWordsQuery, openTodosQuery } from "./brief-api";
import { recordAddress } from "./whereabouts";
import "./brief.css";

/** Understood in half a minute: what was last said, what was promised, what comes next. */
export function Brief({ table, record }: { table: Table; record: Rec }) {
  const meta = useMeta();
  const journal = journalOf(meta, table.key);
  const todos = todosOf(meta, table.key);
  if (!journal) return null;
  return (
    <section className="card brief">
      <LastWords journal={journal} id={record.id} />
      {todos && <Promises todos={todos} id={record.id} agreed={agreedOn(table, record)} />}
      <NextStep table={table} record={record} />
    </section>
  );
}

function Part({ title, extra, children }: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="brief-part" aria-label={title}>
      <h2>
        {title}
        {extra && <small>{extra}</small>}
      </h2>
      {children}
    </section>
  );
}

function LastWords({ journal, id }: { journal: Relation; id: number }) {
  const { t } = useTranslation();
  const { when } = useFormat();
  const { person } = useMeta();
  const { data: last } = useQuery(lastWordsQuery(journal, id));
  const { timeline, owner } = journal.table.settings;
  const { text } = journalFields(journal.table);
  const at = last && timeline ? textOf(last[timeline]) : "";
  const by = last && owner ? person.get(Number(last[owner]))?.name : undefined;
  return (
    <Part title={t("records.brief.last")} extra={at && [when(at), by].filter(Boolean).join(" · ")}>
      {last === undefined ? (
        <span className="bone" style={{ width: "80%", height: 14 }} />
      ) : last === null ? (
        <p className="brief-none">{t("records.brief.noWords")}</p>
      ) : (
        <p className="brief-words" title={text ? textOf(last[text.key]) : undefined}>
          {text ? textOf(last[text.key]) : ""}
        </p>
      )}
    </Part>
  );
}

/** The next time agreed on. */
const agreedOn = (table: Table, record: Rec) => {
  const due = queueOf(table)?.due;
  return due ? textOf(record[due.key]) : "";
};

type PromisesProps = { todos: Todos; id: number; agreed: string };

function Promises({ todos, id, agreed }: PromisesProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { data } = useQuery(openTodosQuery(todos, id));
  // The to-do that was made of the next time agreed on is said under "next step".
  const isAgreed = (todo: Rec) =>
    todos.madeBy !== null && !isEmpty(todo[todos.madeBy.key]) && textOf(todo[todos.due.key]) === agreed;
  const shown = data?.records.filter((todo) => !isAgreed(todo)) ?? [];
  const same = (data?.records.length ?? 0) - shown.length;
  const count = (data?.count ?? 0) - same;
  const more = count - shown.length;
  return (
    <Part title={t("records.brief.promises")} extra={count > 0 ? number(count) : null}>
      {data && count === 0 && <p className="brief-none">{t("records.brief.noPromises")}</p>}
      <ul>
        {shown.map((todo) => (
          <OpenTodo key={todo.id} todos={todos} todo={todo} />
        ))}
      </ul>
      {more > 0 && (
        <p className="brief-none">{t("records.brief.more", { count: number(more) as unknown as number })}</p>
      )}
    </Part>
  );
}

function OpenTodo({ todos, todo }: { todos: Todos; todo: Rec }) {
  const { t } = useTranslation();
  const { when, zone } = useFormat();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { table, due, kept } = todos;
  const at = textOf(todo[due.key]);
  const { mutate, isPending } = useMutation({
    mutationFn: () => updateRecord(table.key, { id: todo.id, ...kept }),
    onSuccess: () => refreshRecords(client),
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const name = titleOf(table, todo);
  return (
    <li>
      {kept && (
        <input
          type="checkbox"
          checked={isPending}
          disabled={isPending}
          onChange={() => mutate()}
          aria-label={t("records.brief.keep", { name })}
        />
      )}
      <Link to={recordAddress(table.key, todo.id)} className="ellipsis" title={name}>
        {name}
      </Link>
      {at && <time className={`num due-${dueOf(at, new Date(), zone).state}`}>{when(at)}</time>}
    </li>
  );
}

/** The time agreed on, and what flows will do by themselves. */
function NextStep({ table, record }: { table: Table; record: Rec }) {
  const { t } = useTranslation();
  const { when, zone, label } = useFormat();
  const at = agreedOn(table, record);
  const { data: runs } = useQuery(recordRunsQuery(table.key, record.id));
  const underWay = (runs ?? []).filter(isUnderWay);
  const need = table.fields.find(({ key, widget }) => widget === "long-text" && !isEmpty(record[key]));
  // A table without a next time may have nothing to say here.
  if (!queueOf(table) && underWay.length === 0 && !need) return null;
  return (
    <Part title={t("records.brief.next")}>
      {queueOf(table) && (
        <p className="brief-next">
          {at ? (
            <b className={`num due-${dueOf(at, new Date(), zone).state}`}>{when(at)}</b>
          ) : (
            <span className="brief-none">{t("records.brief.noNext")}</span>
          )}
        </p>
      )}
      {underWay.map((run) => (
        <RunNote key={run.id} run={run} table={table} />
      ))}
      {underWay.length === 0 && need && (
        <p className="brief-words">
          <span className="brief-none">{label(need.label)} </span>
          <FieldCell value={record[need.key]} field={need} />
        </p>
      )}
    </Part>
  );
}
