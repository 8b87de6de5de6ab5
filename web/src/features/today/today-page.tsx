import { useQueries } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { type Meta, type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { type Queue, queueOf } from "@/api/views";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { useKeys } from "@/ui/use-keys";
import { linkedOf } from "@/widgets/linked";
import { queueQuery, targetsOf } from "./api";
import { QueuePanel } from "./queue-panel";
import "./today.css";

export type Shown = { table: Table; id: number; onFollowed: () => void };

type Props = {
  /** Draws the record one works on; the records feature is handed in where the two meet. */
  renderRecord: (shown: Shown) => ReactNode;
};

/** The queues of a workspace, in the order of the menu. */
export const queuesOf = (meta: Meta): Queue[] =>
  [...meta.tables]
    .sort((a, b) => (a.settings.menu ?? 999) - (b.settings.menu ?? 999))
    .flatMap((table) => queueOf(table) ?? []);

/** `/today`: whom to speak to next, and all one needs for it beside. */
export function TodayPage({ renderRecord }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const queues = queuesOf(meta);
  const answers = useQueries({ queries: queues.map((queue) => queueQuery(meta, queue)) });
  const place = activePlace(queues, answers, parameters.get("queue"));
  const queue = queues[place];
  const entries = answers[place]?.data?.records ?? [];
  const id = Number(parameters.get("id")) || (isPhone ? null : entries[0]?.id) || null;
  const entry = entries.find((one) => one.id === id) ?? null;
  const target = queue && id !== null ? targetOf(meta, queue.table, id, entry) : null;

  const choose = (chosen: Rec | undefined) => {
    if (!queue || !chosen) return;
    const next = targetOf(meta, queue.table, chosen.id, chosen);
    if (isPhone && next) return void navigate(`/t/${next.table.key}/${next.id}`);
    setParameters({ queue: queue.table.key, id: String(chosen.id) }, { replace: true });
  };
  const step = (by: number) => choose(entries[entries.findIndex((one) => one.id === id) + by]);
  useKeys({ j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1) }, !isPhone);
  useScrolledTo(id);

  if (!queue) return <Empty title={t("today.clearTitle")} />;
  const afterFollowed = () => {
    const at = entries.findIndex((one) => one.id === id);
    const next = entries[at + 1] ?? entries[at - 1];
    setParameters(next ? { queue: queue.table.key, id: String(next.id) } : { queue: queue.table.key }, {
      replace: true,
    });
  };
  return (
    <div className="today">
      <QueuePanel
        queues={queues}
        counts={answers.map((answer) => answer.data?.count ?? null)}
        active={place}
        entries={entries}
        chosen={id}
        isPending={answers[place]?.isPending ?? false}
        error={answers[place]?.error ?? null}
        onQueue={(table) => setParameters({ queue: table }, { replace: true })}
        onChoose={choose}
      />
      {!isPhone && (
        <div className="today-record">
          {target ? (
            renderRecord({ ...target, onFollowed: afterFollowed })
          ) : (
            <Empty
              title={entries.length === 0 ? t("today.clearTitle") : id ? t("today.noLink") : t("today.pickTitle")}
              hint={entries.length === 0 ? t("today.clearHint") : t("today.pickHint")}
            >
              <Button onClick={() => navigate(`/t/${queue.table.key}`)}>
                {t("today.openList", { table: label(queue.table.label) })}
              </Button>
            </Empty>
          )}
        </div>
      )}
    </div>
  );
}

/** The queue asked for, else the first in which something waits, else the first. */
function activePlace(
  queues: readonly Queue[],
  answers: readonly { data?: { count?: number | null | undefined } | undefined }[],
  asked: string | null,
): number {
  const wanted = queues.findIndex(({ table }) => table.key === asked);
  if (wanted >= 0) return wanted;
  return Math.max(
    0,
    answers.findIndex(({ data }) => (data?.count ?? 0) > 0),
  );
}

/** The record one writes the follow-up for: the entry itself, or whom the to-do is about. */
function targetOf(meta: Meta, table: Table, id: number, entry: Rec | null): { table: Table; id: number } | null {
  const targets = targetsOf(meta, table);
  if (targets.length === 0) return { table, id };
  for (const field of targets) {
    const linked = entry && linkedOf(entry[field.key])[0];
    const other = meta.table.get(field.refers?.table ?? "");
    if (linked && other) return { table: other, id: linked.id };
  }
  return null;
}

function useScrolledTo(id: number | null) {
  useEffect(() => {
    if (id !== null) document.getElementById(`entry-${id}`)?.scrollIntoView({ block: "nearest" });
  }, [id]);
}
