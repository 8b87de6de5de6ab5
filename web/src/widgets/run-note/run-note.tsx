import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { onward, type Run, saidUntil } from "@/api/flow-runs";
import { mayOversee, type Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import "./run-note.css";

/** One flow that is on its way with a record: where it stands and since when, what it waits for, what it does then. */
export function RunNote({ run, table }: { run: Run; table: Table }) {
  const { t } = useTranslation();
  const { label, when, dateTime } = useFormat();
  const name = label(run.label);
  const then = onward(run);
  const until = saidUntil(run);
  const place = run.place ? label(run.place.label) : run.node;
  return (
    <p className={run.state === "error" ? "run-note late" : "run-note"}>
      {mayOversee(table) ? <Link to={`/flows/${run.flow}?node=${run.node}`}>{name}</Link> : <b>{name}</b>}
      <time dateTime={run.since} title={dateTime(run.since)}>
        {t("flows.runAt", { place, when: when(run.since) })}
      </time>
      {run.state === "waiting" && (
        <span title={run.provisional ? t("flows.provisional") : undefined}>
          {t("flows.runUntil", { when: until ? label(until) : run.due_at ? when(run.due_at) : "" })}
          {then && ` → ${label(then)}`}
          {run.provisional && !until && (
            <Chip tone="amber" title={t("flows.provisional")}>
              {t("flows.provisionalMark")}
            </Chip>
          )}
        </span>
      )}
      {run.state === "due" && <span>{t("flows.runDue")}</span>}
      {run.state === "error" && <span>{run.error ? label(run.error) : t("flows.unknownError")}</span>}
    </p>
  );
}
