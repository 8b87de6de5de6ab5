import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import { type Due, dueOf } from "@/lib/due";
import { Avatar } from "@/ui/avatar";
import { isEmpty } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { InsideButtonContext } from "@/widgets/inside-button";
import { PRINT_DAYS } from "./api";
import { Print } from "./print";
import { printBars } from "./print-bars";
import { type Waiting, waitingKey } from "./waiting";

type Props = {
  one: Waiting;
  contacts: readonly string[] | undefined;
  now: Date;
  isChosen: boolean;
  /** What is going on with him on the line right now, in words. */
  onLine: string | null;
  onChoose: (one: Waiting) => void;
};

/** Somebody who waits: who, since when or from when on, and what about. */
export const QueueEntry = memo(function QueueEntry({ one, contacts, now, isChosen, onLine, onChoose }: Props) {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const dueWords = useDueWords();
  const { table, record, note, todos } = one;
  const due = dueOf(one.due ?? "", now, zone);
  const subtitle = table.byKey.get(table.settings.subtitle ?? "");
  const sub = record && subtitle && !isEmpty(record[subtitle.key]);
  const [todo, ...others] = todos;
  return (
    <li id={`waits-${waitingKey(one)}`}>
      <button
        type="button"
        className={isChosen ? "entry on" : "entry"}
        aria-current={isChosen ? "true" : undefined}
        onClick={() => onChoose(one)}
      >
        <Avatar name={one.name} look={isChosen ? "strong" : due.state === "late" ? "late" : "quiet"} />
        <span className="entry-text">
          <span className="entry-line">
            <b className="ellipsis">{one.name}</b>
            {onLine ? (
              <span className="entry-due is-live">
                <i aria-hidden="true" />
                {onLine}
              </span>
            ) : one.due ? (
              <span className={`entry-due is-${due.state}`}>{dueWords(due)}</span>
            ) : (
              <span className="entry-due is-fresh">{t("today.fresh")}</span>
            )}
          </span>
          <span className="entry-line">
            <span className="entry-sub ellipsis">
              {sub && subtitle ? (
                <InsideButtonContext value={true}>
                  <FieldCell value={record[subtitle.key]} field={subtitle} />
                </InsideButtonContext>
              ) : (
                todo
              )}
            </span>
            {contacts && <Print bars={printBars(contacts, PRINT_DAYS, now)} />}
          </span>
          {(note || (sub && todo)) && (
            <span className="entry-note ellipsis">
              {note || todo}
              {others.length > 0 && ` +${others.length}`}
            </span>
          )}
        </span>
      </button>
    </li>
  );
});

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
