import { RightOutlined } from "@ant-design/icons";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Tile } from "@/api/dashboards";
import { listAddress } from "@/api/list-address";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { isBlank } from "@/widgets/charts/chart";
import { CHARTS } from "@/widgets/charts/charts";
import { periodWord } from "@/widgets/charts/figure";

type Props = { tile: Tile; period: string };

/** One tile of a dashboard: a figure fills its card, everything else has a head that leads to all its records. */
export function TileCard({ tile, period }: Props) {
  const { label } = useFormat();
  const style = { "--width": tile.width } as CSSProperties;
  const kind = `tile card ${tile.kind}-tile`;
  if (tile.kind === "figure") {
    return (
      <section className={kind} style={style} aria-label={label(tile.label)}>
        <Body tile={tile} />
      </section>
    );
  }
  return (
    <section className={kind} style={style} aria-labelledby={`tile-${tile.key}`}>
      <Head tile={tile} period={period} />
      <div className="tile-body">
        <Body tile={tile} />
      </div>
    </section>
  );
}

function Head({ tile, period }: Props) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const table = useMeta().table.get(tile.table);
  const [whole] = tile.values;
  const isOther = tile.period && tile.period !== period;
  return (
    <header className="tile-head">
      <h2 id={`tile-${tile.key}`} title={tile.help ? label(tile.help) : undefined}>
        {label(tile.label)}
        {isOther && <small> · {t(`dashboards.periods.${periodWord(tile.period)}`)}</small>}
      </h2>
      {table && whole && whole.count > 0 && tile.kind !== "trend" && (
        <Link to={listAddress(table, whole.filter, tile.sort)} className="tile-all">
          {t("dashboards.all", { count: number(whole.count) as unknown as number })}
          <RightOutlined aria-hidden />
        </Link>
      )}
    </header>
  );
}

function Body({ tile }: { tile: Tile }) {
  const { t } = useTranslation();
  const table = useMeta().table.get(tile.table);
  const Chart = CHARTS[tile.kind];
  if (tile.fault || !Chart || !table) {
    return <p className="tile-nothing fault">{t("dashboards.fault", { why: tile.fault ?? tile.kind })}</p>;
  }
  if (tile.kind !== "figure" && isBlank(tile)) {
    return <p className="tile-nothing">{t(tile.kind === "list" ? "dashboards.emptyList" : "dashboards.empty")}</p>;
  }
  return <Chart tile={tile} listAt={(filter, sort) => listAddress(table, filter, sort)} />;
}
