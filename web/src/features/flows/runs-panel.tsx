import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Run } from "@/api/flow-runs";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { flowRunsQuery, MOST, titlesQuery, type WholeFlow } from "./api";
import { countsOf } from "./counts";
import { RunLine } from "./run-line";
import { useRunsInHand } from "./use-runs-in-hand";
import "./runs-panel.css";

type Props = { flow: WholeFlow; node: string | null };

const URGENCY = ["error", "due", "waiting"];

/** Errors first, then who goes on soonest. */
export const byUrgency = (a: Run, b: Run) =>
  URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state) || (a.due_at ?? "").localeCompare(b.due_at ?? "") || a.id - b.id;

/** The runs that stand on a node, or anywhere in the flow. */
export function RunsPanel({ flow, node }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { data: runs, error } = useQuery(flowRunsQuery(flow.id, node));
  const inHand = useRunsInHand(flow.id);
  const table = useMeta().table.get(flow.table);
  const ids = [...new Set(runs?.map(({ record }) => record))].sort((a, b) => a - b);
  const { data: titles } = useQuery(titlesQuery(table, ids));
  if (error && !runs) return <p className="flow-runs-none">{sentenceOf(error)}</p>;
  if (!runs) return <span className="bone" style={{ display: "block", height: 46, margin: 16 }} />;
  if (runs.length === 0) return <p className="flow-runs-none">{t(node ? "flows.runsEmpty" : "flows.idle")}</p>;
  const { failed } = countsOf(flow.standing.filter((place) => node === null || place.node === node));
  return (
    <>
      {inHand && failed > 1 && (
        <div className="flow-runs-all">
          <Button
            type="primary"
            size="small"
            loading={inHand.isPending}
            onClick={() => inHand.retry(node === null ? {} : { node })}
          >
            {t("flows.retryAll", { count: number(failed) as unknown as number })}
          </Button>
          <Button
            size="small"
            type="text"
            disabled={inHand.isPending}
            onClick={() => inHand.cancel({ node, states: ["error"] })}
          >
            {t("flows.cancelAll")}
          </Button>
        </div>
      )}
      <ol className="flow-runs">
        {[...runs].sort(byUrgency).map((run) => (
          <RunLine
            key={run.id}
            run={run}
            table={run.table ?? flow.table}
            title={titles?.get(run.record) ?? `#${run.record}`}
            isPlaceKnown={node !== null}
            inHand={inHand}
          />
        ))}
      </ol>
      {runs.length === MOST && (
        <p className="flow-runs-none">{t("flows.mostShown", { count: number(MOST) as unknown as number })}</p>
      )}
    </>
  );
}
