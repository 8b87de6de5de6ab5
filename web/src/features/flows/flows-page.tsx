import { BranchesOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Flow, flowsQuery } from "@/api/flow-runs";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { countsOf } from "./counts";
import { FlowSwitch } from "./flow-switch";
import { useTreeWords } from "./use-tree-words";
import "./flows.css";

/** `/flows`: what runs by itself, and how much of it is under way. */
export function FlowsPage() {
  const { t } = useTranslation();
  const { data: flows, error, refetch } = useQuery(flowsQuery);
  return (
    <div className="flows">
      <header className="flows-head">
        <h1>{t("flows.title")}</h1>
      </header>
      <div className="flows-body">
        {error && !flows && (
          <Empty tone="alarm" title={t("common.errorTitle")} hint={sentenceOf(error)}>
            <Button type="primary" onClick={() => void refetch()}>
              {t("common.retry")}
            </Button>
          </Empty>
        )}
        {flows?.length === 0 && <Empty title={t("flows.empty")} hint={t("flows.emptyHint")} />}
        {flows && flows.length > 0 && (
          <ol className="card">
            {flows.map((flow) => (
              <FlowLine key={flow.id} flow={flow} />
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

function FlowLine({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const table = useMeta().table.get(flow.table);
  const when = useTreeWords(table)(flow.trigger.when);
  const begins = [table ? label(table.label) : flow.table, label(flow.trigger.label), when].filter(Boolean).join(" · ");
  return (
    <li className={flow.active ? "flow-line" : "flow-line out"}>
      <span className="flow-sign" aria-hidden="true">
        <BranchesOutlined />
      </span>
      <span className="flow-line-name">
        <Link to={`/flows/${flow.id}`} className="ellipsis">
          {label(flow.label)}
        </Link>
        <span className="muted ellipsis" title={begins}>
          {t("flows.begins", { when: begins })}
        </span>
      </span>
      <Counts flow={flow} />
      <FlowSwitch flow={flow} />
    </li>
  );
}

function Counts({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const { number, when } = useFormat();
  const { underWay, failed, next } = countsOf(flow.standing);
  const figure = (count: number) => number(count) as unknown as number;
  return (
    <span className="flow-counts">
      {underWay + failed === 0 && <span>{t("flows.idle")}</span>}
      {underWay > 0 && <span>{t("flows.underWay", { count: figure(underWay) })}</span>}
      {failed > 0 && <span className="late">{t("flows.failed", { count: figure(failed) })}</span>}
      {next && <small>{t("flows.next", { when: when(next) })}</small>}
    </span>
  );
}
