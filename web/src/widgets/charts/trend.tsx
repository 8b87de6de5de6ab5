import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ticksOf } from "@/lib/figure";
import { type ChartProps, measureAt, useFigures } from "./chart";
import { useRoving } from "./roving";
import { useStepNames } from "./step-names";
import { colourAt } from "./trend-colours";
import { AreaShape, BarShapes, type Plot } from "./trend-shapes";
import { useWidth } from "./use-width";
import "./trend.css";

const HEIGHT = 248;
const LEFT = 46;
const FOOT = 24;
const TOP = 8;
const LABEL_PX = 46;

/** How measures went: one as an area, several as bars side by side. */
export function TrendChart({ tile, listAt }: ChartProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const { full, name, format } = useFigures(tile);
  const stepName = useStepNames(tile.bucket ?? "day");
  const unit = measureAt(tile, 0).unit;
  // One axis has one unit; a measure of another is told beside, not drawn.
  const drawn = tile.measures.flatMap((measure, place) => (measure.unit === unit ? [place] : []));
  const plot = plotOf(tile, drawn, width);
  const { box: links, onKeyDown } = useRoving<HTMLDivElement>();
  const every = Math.max(1, Math.ceil((tile.parts.length * LABEL_PX) / Math.max(1, plot.width)));
  return (
    <div className="trend">
      {drawn.length > 1 && (
        <div className="trend-legend" aria-hidden="true">
          {drawn.map((place, at) => (
            <span key={place}>
              <i style={{ background: colourAt(at) }} />
              {name(place)}
            </span>
          ))}
        </div>
      )}
      <div className="trend-box" ref={box} style={{ height: HEIGHT }}>
        {width > 0 && (
          <svg width={width} height={HEIGHT} aria-hidden="true">
            {plot.ticks.map((tick) => (
              <g key={tick}>
                <line className="trend-line" x1={LEFT} x2={width} y1={plot.y(tick)} y2={plot.y(tick)} />
                <text className="trend-tick" x={LEFT - 8} y={plot.y(tick) + 4}>
                  <Tick tile={tile} value={tick} />
                </text>
              </g>
            ))}
            {drawn.length === 1 ? (
              <AreaShape plot={plot} tile={tile} />
            ) : (
              <BarShapes plot={plot} tile={tile} drawn={drawn} />
            )}
            {tile.parts.map((part, place) =>
              place % every === 0 ? (
                <text key={String(part.key)} className="trend-step" x={plot.x(place)} y={HEIGHT - 6}>
                  {stepName.short(part.key)}
                </text>
              ) : null,
            )}
          </svg>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys go between the links inside */}
        <div className="trend-links" ref={links} onKeyDown={onKeyDown} style={{ left: LEFT, top: TOP, bottom: FOOT }}>
          {tile.parts.map((part, place) => (
            <div key={String(part.key)} className="trend-column">
              {drawn.map((measure) => {
                const value = part.values[measure];
                if (!value) return null;
                const told = `${stepName.long(part.key)}，${name(measure)} ${full(value.value, measure)}`;
                return (
                  <Link
                    key={measure}
                    to={listAt(value.filter)}
                    tabIndex={place === 0 && measure === drawn[0] ? 0 : -1}
                    aria-label={told}
                  />
                );
              })}
              <div className={place * 2 > tile.parts.length ? "trend-tip left" : "trend-tip"} aria-hidden="true">
                <b>{stepName.long(part.key)}</b>
                {tile.measures.map((measure, at) => (
                  <span key={format.label(measure.label ?? tile.label)}>
                    {name(at)} <em>{full(part.values[at]?.value ?? null, at)}</em>
                  </span>
                ))}
              </div>
            </div>
          ))}
        </div>
      </div>
      <table className="sr-only">
        <caption>{format.label(tile.label)}</caption>
        <thead>
          <tr>
            <th scope="col">{t("dashboards.at")}</th>
            {tile.measures.map((measure, at) => (
              <th scope="col" key={format.label(measure.label ?? tile.label)}>
                {name(at)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tile.parts.map((part) => (
            <tr key={String(part.key)}>
              <th scope="row">{stepName.long(part.key)}</th>
              {tile.measures.map((measure, at) => (
                <td key={format.label(measure.label ?? tile.label)}>{full(part.values[at]?.value ?? null, at)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tick({ tile, value }: Pick<ChartProps, "tile"> & { value: number }) {
  const { short, format } = useFigures(tile);
  const { unit } = measureAt(tile, 0);
  if (unit === "percent") return <>{`${Math.round(value * 100)}%`}</>;
  return (
    <>
      {unit === "money"
        ? short(value).replace(/^[^\d-]+/, "")
        : unit === "number"
          ? format.number(value)
          : short(value)}
    </>
  );
}

function plotOf(tile: ChartProps["tile"], drawn: readonly number[], width: number): Plot {
  const all = tile.parts.flatMap((part) => drawn.map((place) => Number(part.values[place]?.value ?? 0)));
  const ticks = ticksOf(Math.max(0, ...all), 4, measureAt(tile, 0).unit === "number");
  const top = ticks.at(-1) ?? 1;
  const inner = Math.max(0, width - LEFT);
  const step = tile.parts.length ? inner / tile.parts.length : inner;
  const low = HEIGHT - FOOT;
  return {
    ticks,
    width: inner,
    step,
    low,
    x: (place) => LEFT + step * (place + 0.5),
    y: (value) => low - ((low - TOP) * value) / top,
  };
}
