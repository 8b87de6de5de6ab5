import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changeOf } from "@/lib/figure";
import { type ChartProps, measureAt, measuredBy, useFigures } from "./chart";
import "./figure.css";

/** One number; all of it leads to its records. */
export function FigureChart({ tile, listAt }: ChartProps) {
  const { t } = useTranslation();
  const { format, full } = useFigures(tile);
  const [value] = tile.values;
  if (!value) return null;
  const isShare = value.of !== null && value.of !== undefined;
  return (
    <Link className="figure" to={listAt(value.filter)} title={tile.help ? format.label(tile.help) : undefined}>
      <span className="figure-head">
        <span className="figure-name">{format.label(tile.label)}</span>
        {isShare && (
          <span className="figure-of">
            {t("dashboards.of", { part: format.number(value.count), whole: format.number(value.of ?? 0) })}
          </span>
        )}
      </span>
      <span className="figure-value">{full(value.value)}</span>
      <Change tile={tile} />
    </Link>
  );
}

function Change({ tile }: Pick<ChartProps, "tile">) {
  const { t } = useTranslation();
  const { format } = useFigures(tile);
  const measure = measureAt(tile, 0);
  const [now] = tile.values;
  const [before] = tile.previous ?? [];
  if (now?.value === null) return <span className="figure-change">{t("dashboards.empty")}</span>;
  if (!now || !before) return null;
  const change = changeOf(now.value, before.value, measuredBy(measure, format));
  if (!change) return <span className="figure-change">{t("dashboards.noneBefore")}</span>;
  const word = t(`dashboards.before.${periodWord(tile.period)}`);
  if (change.direction === "same") {
    return (
      <span className="figure-change">
        {t("dashboards.same")} {word}
      </span>
    );
  }
  const isUp = change.direction === "up";
  const good = measure.better && (measure.better === "more") === isUp;
  const tone = measure.better ? (good ? "good" : "bad") : "";
  return (
    <span className="figure-change">
      <b className={tone}>
        {isUp ? <ArrowUpOutlined aria-label="+" /> : <ArrowDownOutlined aria-label="−" />} {change.text}
      </b>{" "}
      {word}
    </span>
  );
}

const NAMED = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "last_30_days",
  "this_year",
] as const;
type Named = (typeof NAMED)[number];

/** The period's word in the texts; days picked by hand have one for all. */
export const periodWord = (period: string | null | undefined): Named | "custom" =>
  NAMED.find((name) => name === period) ?? "custom";
