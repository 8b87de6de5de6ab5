import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { journalOf } from "@/api/relations";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import type { Queue } from "@/api/views";
import { dueOf } from "@/lib/due";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { textOf } from "@/widgets/field";
import { doneQuery, lateQuery } from "./api";
import { QueueEntry } from "./queue-entry";

type Props = {
  queues: readonly Queue[];
  counts: readonly (number | null)[];
  active: number;
  entries: readonly Rec[];
  chosen: number | null;
  isPending: boolean;
  error: unknown;
  onQueue: (table: string) => void;
  onChoose: (entry: Rec) => void;
};

/** Who waits, the longest overdue first. */
export function QueuePanel({ queues, counts, active, entries, chosen, isPending, error, onQueue, onChoose }: Props) {
  const { t } = useTranslation();
  const { label, number, zone } = useFormat();
  const isPhone = useIsPhone();
  const queue = queues[active];
  if (!queue) return null;
  const now = new Date();
  const state = (entry: Rec) => dueOf(textOf(entry[queue.due.key]), now, zone).state;
  const parts = [
    { name: t("today.overdue"), look: "late", entries: entries.filter((entry) => state(entry) === "late") },
    { name: t("today.dueToday"), look: "", entries: entries.filter((entry) => state(entry) !== "late") },
  ].filter((part) => part.entries.length > 0);
  return (
    <aside className="queue" aria-label={t("today.queue")}>
      <QueueHead queue={queue} left={counts[active] ?? null} />
      {queues.length > 1 && (
        <Segmented
          block
          size={isPhone ? "large" : "small"}
          className="queue-tabs"
          value={queue.table.key}
          onChange={onQueue}
          options={queues.map(({ table }, place) => ({
            value: table.key,
            label: (
              <>
                {label(table.label)}
                <em className="queue-count">{counts[place] ? number(counts[place]) : ""}</em>
              </>
            ),
          }))}
        />
      )}
      {error ? (
        <Empty tone="alarm" title={t("common.errorTitle")} hint={sentenceOf(error)} />
      ) : entries.length === 0 && !isPending ? (
        isPhone && <Empty title={t("today.clearTitle")} hint={t("today.clearHint")} />
      ) : (
        <div className="queue-list">
          {parts.map((part) => (
            <section key={part.name} aria-label={part.name}>
              <h2 className={part.look}>{part.name}</h2>
              <ul>
                {part.entries.map((entry) => (
                  <QueueEntry
                    key={entry.id}
                    queue={queue}
                    entry={entry}
                    now={now}
                    isChosen={entry.id === chosen}
                    onChoose={onChoose}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </aside>
  );
}

/** How far the day has come: what was done, what is left, how much of it is late. */
function QueueHead({ queue, left }: { queue: Queue; left: number | null }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const meta = useMeta();
  const journal = meta.tables.map((table) => journalOf(meta, table.key)).find((found) => found !== null) ?? null;
  const { data: written } = useQuery(doneQuery(journal?.table ?? null));
  const { data: overdue } = useQuery(lateQuery(queue));
  const done = written?.count ?? 0;
  const late = overdue?.count ?? 0;
  const percent = done + (left ?? 0) > 0 ? Math.round((100 * done) / (done + (left ?? 0))) : 100;
  return (
    <header>
      <div>
        <h1>{t("today.title")}</h1>
        <p className="muted">
          {t("today.done", { count: number(done) as unknown as number })} ·{" "}
          {t("today.left", { count: number(left ?? 0) as unknown as number })}
          {late > 0 && (
            <>
              {" "}
              · <b className="late">{`${t("today.overdue")} ${number(late)}`}</b>
            </>
          )}
        </p>
      </div>
      <div
        className="ring"
        role="img"
        aria-label={t("today.progress", { percent })}
        style={{ "--part": `${percent}%` } as React.CSSProperties}
      >
        <span>{percent}</span>
      </div>
    </header>
  );
}
