import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { NavLink, useParams } from "react-router";
import { dashboardQuery } from "@/api/dashboards";
import { type Board, useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { clock, wallAt } from "@/lib/zone";
import { Empty } from "@/ui/empty";
import { PrintButton } from "@/ui/print-button";
import { PeriodSwitch } from "./period-switch";
import { TileCard } from "./tile-card";
import { useLiveFigures } from "./use-live-figures";
import { usePeriod } from "./use-period";
import { Waiting } from "./waiting";
import "./dashboards.css";

/** `/dashboards/:key?`: the figures of one's work; without a key the first dashboard. */
export function DashboardPage() {
  const { t } = useTranslation();
  const { key } = useParams();
  const { dashboards } = useMeta();
  const board = key ? dashboards.find((one) => one.key === key) : dashboards[0];
  if (board) return <Figures key={board.key} board={board} />;
  if (key) return <Empty title={t("common.notFoundTitle")} hint={t("dashboards.noBoardHint")} />;
  return <Empty title={t("dashboards.emptyTitle")} hint={t("dashboards.emptyHint")} />;
}

function Figures({ board }: { board: Board }) {
  const { t } = useTranslation();
  const [period, setPeriod] = usePeriod(board.period);
  const { data, error, isPlaceholderData, refetch } = useQuery(dashboardQuery(board.key, period));
  useLiveFigures(data);
  const shown = data?.key === board.key ? data : undefined;
  return (
    <div className="dashboard">
      <Head board={board} at={shown?.at ?? null}>
        <PeriodSwitch period={period} days={shown?.days ?? null} onChange={setPeriod} />
      </Head>
      {error && !shown ? (
        <Empty tone="alarm" title={t("dashboards.failed")} hint={sentenceOf(error)}>
          <Button type="primary" onClick={() => refetch()}>
            {t("common.retry")}
          </Button>
        </Empty>
      ) : (
        <div className={isPlaceholderData ? "tiles stale" : "tiles"} aria-busy={!shown || isPlaceholderData}>
          {shown ? (
            shown.tiles.map((tile) => <TileCard key={tile.key} tile={tile} period={shown.period} />)
          ) : (
            <Waiting />
          )}
        </div>
      )}
    </div>
  );
}

type HeadProps = { board: Board; at: string | null; children: React.ReactNode };

function Head({ board, at, children }: HeadProps) {
  const { t } = useTranslation();
  const { label, zone } = useFormat();
  const { dashboards } = useMeta();
  return (
    <header className="dashboard-head">
      {dashboards.length > 1 ? (
        <nav className="boards" aria-label={t("dashboards.boards")}>
          <h1 className="sr-only">{label(board.label)}</h1>
          {dashboards.map((one) => (
            <NavLink
              key={one.key}
              to={`/dashboards/${one.key}`}
              className={one.key === board.key ? "board on" : "board"}
              aria-current={one.key === board.key ? "page" : undefined}
            >
              {label(one.label)}
            </NavLink>
          ))}
        </nav>
      ) : (
        <h1>{label(board.label)}</h1>
      )}
      {children}
      <div className="dashboard-right">
        {at && (
          <span className="dashboard-at">{t("dashboards.updated", { time: clock(wallAt(new Date(at), zone)) })}</span>
        )}
        <PrintButton />
      </div>
    </header>
  );
}
