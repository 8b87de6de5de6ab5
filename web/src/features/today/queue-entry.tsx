import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useFormat } from "@/api/use-format";
import type { Queue } from "@/api/views";
import { type Due, dueOf } from "@/lib/due";
import { Avatar } from "@/ui/avatar";
import { isEmpty, textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { linkedOf } from "@/widgets/linked";
import { noteOf, targetsOf } from "./api";

type Props = { queue: Queue; entry: Rec; now: Date; isChosen: boolean; onChoose: (entry: Rec) => void };

/** Somebody who waits: who, since when or from when on, and what about. */
export function QueueEntry({ queue, entry, now, isChosen, onChoose }: Props) {
  const { zone } = useFormat();
  const meta = useMeta();
  const dueWords = useDueWords();
  const { table, due: dueField } = queue;
  const { title, subtitle } = table.settings;
  const due = dueOf(textOf(entry[dueField.key]), now, zone);
  const name = (title && textOf(entry[title])) || `#${entry.id}`;
  // A to-do is known by whom it is about; what is to be done stands below.
  const about = targetsOf(meta, table).flatMap((field) => linkedOf(entry[field.key]))[0];
  const below = about ? undefined : subtitle ? table.byKey.get(subtitle) : undefined;
  const note = noteOf(queue);
  return (
    <li id={`entry-${entry.id}`}>
      <button
        type="button"
        className={isChosen ? "entry on" : "entry"}
        aria-current={isChosen ? "true" : undefined}
        onClick={() => onChoose(entry)}
      >
        <Avatar name={about?.title ?? name} look={isChosen ? "strong" : due.state === "late" ? "late" : "quiet"} />
        <span className="entry-text">
          <span className="entry-line">
            <b className="ellipsis">{about?.title ?? name}</b>
            <span className={`entry-due ${due.state}`}>{dueWords(due)}</span>
          </span>
          <span className="entry-sub ellipsis">
            {about ? name : below && !isEmpty(entry[below.key]) && <FieldCell value={entry[below.key]} field={below} />}
          </span>
          {note && !isEmpty(entry[note.key]) && <span className="entry-note ellipsis">{textOf(entry[note.key])}</span>}
        </span>
      </button>
    </li>
  );
}

function useDueWords() {
  const { t } = useTranslation();
  return (due: Due): string => {
    if (due.state === "today") return due.at;
    if (due.state === "ahead") return "";
    if (due.days > 0) return t("today.lateDays", { count: due.days });
    if (due.hours > 0) return t("today.lateHours", { count: due.hours });
    return t("today.lateMinutes", { count: Math.max(1, due.minutes) });
  };
}
