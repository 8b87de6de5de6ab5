import { CheckOutlined, SoundOutlined } from "@ant-design/icons";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { recordsKey } from "@/api/keys";
import { type Table, useMeta } from "@/api/meta";
import { listRecords, recordQuery } from "@/api/records";
import { titleOf } from "@/api/title";
import { viewSort } from "@/api/views";
import { useKeys } from "@/ui/use-keys";
import { bestFor, readScript, type Script } from "./choose";
import "./script.css";

const MOST = 200;

/** The scripts in use: those of the first view of their table. */
const scriptsQuery = (table: Table | undefined) =>
  queryOptions({
    queryKey: [...recordsKey(table?.key ?? ""), "scripts"],
    queryFn: ({ signal }) => {
      const [view] = table?.settings.views ?? [];
      const { filter, ...rest } = { filter: view?.filter, limit: MOST, count: "none" as const };
      const sort = view ? viewSort(view) : undefined;
      return listRecords(
        table?.key ?? "",
        { ...rest, ...(filter ? { filter } : {}), ...(sort ? { sort } : {}) },
        signal,
      );
    },
    enabled: table !== undefined,
    staleTime: 300_000,
  });

type Props = {
  /** Whom one speaks to, or would. */
  table: Table;
  id: number;
  /** Another turn begins the script anew. */
  turn: number;
};

/** What to say to whom one calls, step by step; nothing where nobody has written it down. */
export function ScriptCard({ table, id, turn }: Props) {
  const meta = useMeta();
  const scripts = meta.tables.find(({ settings }) => settings.script);
  const { data } = useQuery(scriptsQuery(scripts));
  const { data: callee } = useQuery(recordQuery(table.key, id));
  const best = scripts && data && callee ? bestFor(scripts, data.records, callee) : null;
  if (!scripts || !best) return null;
  return <Steps key={`${best.id} ${turn}`} script={readScript(scripts, best, titleOf(scripts, best))} />;
}

function Steps({ script }: { script: Script }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState<number | null>(null);
  const last = script.steps.length - 1;
  useKeys({ s: () => setAt(Math.min(at + 1, last)), S: () => setAt(Math.max(at - 1, 0)) });
  const answer = asked === null ? undefined : script.answers[asked];
  return (
    <section className="card script" aria-label={t("phone.script")}>
      <h2>
        <SoundOutlined aria-hidden />
        <span className="ellipsis">
          {t("phone.script")} · {script.title}
        </span>
        <small className="num" title={t("phone.shortcutScript")}>
          {at + 1} / {script.steps.length}
        </small>
      </h2>
      <ol>
        {script.steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={place}>
            <button
              type="button"
              className={place === at ? "on" : place < at ? "done" : ""}
              aria-current={place === at ? "step" : undefined}
              onClick={() => setAt(place)}
            >
              <i className="num">{place < at ? <CheckOutlined aria-hidden /> : place + 1}</i>
              <span>{step}</span>
            </button>
          </li>
        ))}
      </ol>
      {script.answers.length > 0 && (
        <div className="script-answers">
          <span>{t("phone.objections")}</span>
          {script.answers.map(({ to }, place) => (
            <button
              type="button"
              key={to}
              aria-expanded={place === asked}
              className={place === asked ? "on" : ""}
              onClick={() => setAsked(place === asked ? null : place)}
            >
              {to}
            </button>
          ))}
        </div>
      )}
      {answer?.say && <p className="script-say">{answer.say}</p>}
    </section>
  );
}
