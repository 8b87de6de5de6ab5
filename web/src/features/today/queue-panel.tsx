import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { QueueEntry } from "./queue-entry";
import { QueueHead } from "./queue-head";
import { useOnLine } from "./use-on-line";
import { PARTS, type Part, type Queue } from "./use-queue";
import { type Waiting, waitingKey } from "./waiting";

type Props = {
  queue: Queue;
  part: Part;
  chosen: string | null;
  onPart: (part: Part) => void;
  onChoose: (one: Waiting) => void;
};

/** Who waits, the longest overdue first. */
export function QueuePanel({ queue, part, chosen, onPart, onChoose }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const isPhone = useIsPhone();
  const onLine = useOnLine();
  const { parts, prints, now, isPending, error } = queue;
  const counts = { ...lengths(parts), fresh: parts.fresh.length + queue.moreFresh };
  const entries = parts[part];
  return (
    <aside className="queue" aria-label={t("today.queue")}>
      <QueueHead left={counts.late + counts.today} />
      <Segmented
        block
        size={isPhone ? "large" : "small"}
        className="queue-tabs"
        value={part}
        onChange={onPart}
        options={PARTS.map((key) => ({
          value: key,
          label: (
            <>
              {t(`today.parts.${key}`)}
              <em className={key === "late" && counts.late > 0 ? "queue-count hot" : "queue-count"}>
                {counts[key] ? number(counts[key]) : ""}
              </em>
            </>
          ),
        }))}
      />
      {error ? (
        <Empty tone="alarm" title={t("common.errorTitle")} hint={sentenceOf(error)} />
      ) : entries.length === 0 && !isPending ? (
        <Empty title={t(`today.clear.${part}`)} hint={t(`today.clearHint.${part}`)} />
      ) : (
        <ul className="queue-list" aria-label={t(`today.parts.${part}`)}>
          {entries.map((one) => (
            <QueueEntry
              key={waitingKey(one)}
              one={one}
              contacts={prints.get(waitingKey(one))}
              now={now}
              isChosen={waitingKey(one) === chosen}
              onLine={onLine && waitingKey(onLine.subject) === waitingKey(one) ? onLine.words : null}
              onChoose={onChoose}
            />
          ))}
        </ul>
      )}
    </aside>
  );
}

const lengths = (parts: Record<Part, Waiting[]>) => ({ late: parts.late.length, today: parts.today.length });
