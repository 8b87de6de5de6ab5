import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CALL } from "@/api/calls";
import { useMeta } from "@/api/meta";
import { journalOf } from "@/api/relations";
import { useFormat } from "@/api/use-format";
import { doneQuery, reachedQuery } from "./api";

/** How far the day has come: what was done, what is left, how many of the calls reached somebody. */
export function QueueHead({ left }: { left: number }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const meta = useMeta();
  const journal = meta.tables.map((table) => journalOf(meta, table.key)).find((found) => found !== null) ?? null;
  const { data: done = 0 } = useQuery(doneQuery(journal?.table ?? null));
  const { data: calls } = useQuery(reachedQuery(meta.table.get(CALL)));
  const all = done + left;
  const percent = all > 0 ? Math.round((100 * done) / all) : 0;
  return (
    <header>
      <div>
        <h1>{t("today.title")}</h1>
        <p className="muted">
          {t("today.done")} <b className="num">{number(done)}</b> / <span className="num">{number(all)}</span>
          {calls && calls.ended > 0 && (
            <>
              {" · "}
              {t("today.reached")} <b className="num">{Math.round((100 * calls.reached) / calls.ended)}%</b>
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
        <span className="num">{percent}</span>
      </div>
    </header>
  );
}
