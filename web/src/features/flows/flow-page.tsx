import { LeftOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { ApiError } from "@/api/errors";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { flowQuery, type WholeFlow } from "./api";
import { countsOf } from "./counts";
import { FlowCanvas } from "./flow-canvas";
import { FlowSwitch } from "./flow-switch";
import { RunsPanel } from "./runs-panel";
import "./flows.css";

/** `/flows/:id`: one flow drawn as it is, and where each record stands in it. */
export function FlowPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const isId = /^\d{1,15}$/.test(id);
  const { data: flow, error, refetch } = useQuery({ ...flowQuery(Number(id)), enabled: isId });
  if (!isId || (error instanceof ApiError && error.status === 404))
    return <Empty title={t("common.notFoundTitle")} hint={t("flows.notFound")} />;
  if (error && !flow)
    return (
      <Empty tone="alarm" title={t("common.errorTitle")} hint={sentenceOf(error)}>
        <Button onClick={() => void refetch()}>{t("common.retry")}</Button>
      </Empty>
    );
  return flow ? <Whole key={flow.id} flow={flow} /> : null;
}

function Whole({ flow }: { flow: WholeFlow }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const isPhone = useIsPhone();
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get("node");
  const chosen = flow.nodes.find(({ key }) => key === asked) ?? null;
  const [isListed, setListed] = useState(asked !== null);
  const choose = (node: string | null) => {
    setParameters(node ? { node } : {}, { replace: true });
    setListed(node !== null);
  };
  const title = chosen ? t("flows.runsOf", { node: label(chosen.label) }) : t("flows.runs");
  const panel = <RunsPanel flow={flow} node={chosen?.key ?? null} />;
  return (
    <div className="flow-page">
      <FlowHead flow={flow} />
      <div className="flow-work">
        <FlowCanvas flow={flow} chosen={chosen?.key ?? null} onChoose={choose} />
        {isPhone ? (
          <>
            <Drawer
              open={isListed}
              onClose={() => choose(null)}
              title={title}
              placement="bottom"
              size="62%"
              classNames={{ body: "flow-drawer" }}
            >
              {panel}
            </Drawer>
            {!isListed && <PhoneCounts flow={flow} onOpen={() => setListed(true)} />}
          </>
        ) : (
          <aside className="flow-side" aria-label={title}>
            <h2>
              <span className="ellipsis">{title}</span>
              {chosen && (
                <Button type="text" size="small" onClick={() => choose(null)}>
                  {t("flows.all")}
                </Button>
              )}
            </h2>
            <div className="flow-side-body">{panel}</div>
          </aside>
        )}
      </div>
    </div>
  );
}

function FlowHead({ flow }: { flow: WholeFlow }) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const table = useMeta().table.get(flow.table);
  const { underWay, failed } = countsOf(flow.standing);
  const figure = (count: number) => number(count) as unknown as number;
  return (
    <header className="flows-head">
      <Link className="flows-back" to="/flows" aria-label={t("flows.back")}>
        <LeftOutlined aria-hidden />
      </Link>
      <h1 className="ellipsis">{label(flow.label)}</h1>
      <span className="flow-facts">
        {table && label(table.label)} · {t("flows.version", { number: flow.number })}
      </span>
      <span className="flow-total" aria-live="polite">
        {underWay > 0 && <span>{t("flows.underWay", { count: figure(underWay) })}</span>}
        {failed > 0 && <span className="late">{t("flows.failed", { count: figure(failed) })}</span>}
      </span>
      <FlowSwitch flow={flow} />
    </header>
  );
}

/** On a phone there is no room beside the drawing: a bar tells how many, and opens who. */
function PhoneCounts({ flow, onOpen }: { flow: WholeFlow; onOpen: () => void }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { underWay, failed } = countsOf(flow.standing);
  const figure = (count: number) => number(count) as unknown as number;
  return (
    <button type="button" className="flow-bar" onClick={onOpen} disabled={underWay + failed === 0}>
      {underWay + failed === 0 && t("flows.idle")}
      {underWay > 0 && <b>{t("flows.underWay", { count: figure(underWay) })}</b>}
      {failed > 0 && <b className="late">{t("flows.failed", { count: figure(failed) })}</b>}
    </button>
  );
}
