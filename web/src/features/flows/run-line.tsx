import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { onward, type Run, saidUntil } from "@/api/flow-runs";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import type { InHand } from "./use-runs-in-hand";

type Props = { run: Run; title: string; table: string; isPlaceKnown: boolean; inHand: InHand };

/** One run: with whom, since when it stands here, until when, and why it stopped. */
export function RunLine({ run, title, table, isPlaceKnown, inHand }: Props) {
  const { t } = useTranslation();
  const { label, when, dateTime } = useFormat();
  const then = onward(run);
  const until = saidUntil(run);
  return (
    <li className={`flow-run ${run.state}`}>
      <Link to={`/t/${table}/${run.record}`} className="ellipsis" title={title}>
        {title}
      </Link>
      <time dateTime={run.since} title={dateTime(run.since)}>
        {t("flows.runSince", { when: when(run.since) })}
      </time>
      {!isPlaceKnown && (
        <span className="flow-run-place ellipsis">{run.place ? label(run.place.label) : run.node}</span>
      )}
      {run.state === "waiting" && (
        <span className="flow-run-until" title={run.provisional ? t("flows.provisional") : undefined}>
          {t("flows.runUntil", { when: until ? label(until) : run.due_at ? when(run.due_at) : "" })}
          {then && ` → ${label(then)}`}
          {run.provisional && !until && (
            <Chip tone="amber" title={t("flows.provisional")}>
              {t("flows.provisionalMark")}
            </Chip>
          )}
        </span>
      )}
      {run.state === "due" && <span className="flow-run-until">{t("flows.runDue")}</span>}
      {run.state === "error" && (
        <span className="flow-run-why">{run.error ? label(run.error) : t("flows.unknownError")}</span>
      )}
      {inHand && (
        <span className="flow-run-acts">
          {run.state === "error" && (
            <Button
              size="small"
              disabled={inHand.isPending}
              onClick={() => inHand.retry({ runs: [run.id] })}
              aria-label={t("flows.retryOf", { name: title })}
            >
              {t("flows.retry")}
            </Button>
          )}
          <Button
            size="small"
            type="text"
            disabled={inHand.isPending}
            onClick={() => inHand.cancel({ runs: [run.id], states: [run.state] })}
            aria-label={t("flows.cancelOf", { name: title })}
          >
            {t("flows.cancel")}
          </Button>
        </span>
      )}
    </li>
  );
}
