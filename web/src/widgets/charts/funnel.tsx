import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ChartProps, useFigures } from "./chart";
import "./funnel.css";

const WIDTH = 200;
const ROW = 50;
const LEAST = 0.03;

/** How many got how far; the way narrows as they become fewer. */
export function FunnelChart({ tile, listAt }: ChartProps) {
  const { t } = useTranslation();
  const { format, full, short, part: nameOf } = useFigures(tile);
  const counts = tile.parts.map(({ values: [first] }) => Number(first?.value ?? 0));
  const most = counts[0] || 1;
  const shares = counts.map((count) => Math.max(LEAST, count / most));
  const height = ROW * shares.length;
  return (
    <div className="funnel" style={{ height }}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {shares.map((share, place) => (
          <path
            key={String(tile.parts[place]?.key)}
            d={slice(share, shares[place + 1] ?? share * 0.86, place * ROW)}
            fill={`color-mix(in srgb, var(--c-primary) ${36 + (64 * (place + 1)) / shares.length}%, var(--c-surface))`}
          />
        ))}
      </svg>
      <ol aria-label={format.label(tile.label)}>
        {tile.parts.map((part, place) => {
          const before = counts[place - 1];
          const [count, sum] = part.values;
          if (!count) return null;
          return (
            <li key={String(part.key)} style={{ height: ROW }}>
              <span className="funnel-name">{nameOf(part)}</span>
              <Link to={listAt(count.filter)} className="funnel-count">
                {full(count.value)}
              </Link>
              <span className="funnel-sum">
                {sum && <Link to={listAt(sum.filter)}>{short(sum.value, 1)}</Link>}
                {before ? (
                  <small>
                    {t("dashboards.step", { share: `${Math.round((100 * (counts[place] ?? 0)) / before)}%` })}
                  </small>
                ) : null}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** One slice as wide as its share at the top, as wide as the next one's at the bottom. */
function slice(share: number, next: number, y: number): string {
  const edge = (part: number) => [(WIDTH * (1 - part)) / 2, (WIDTH * (1 + part)) / 2] as const;
  const [left, right] = edge(share);
  const [nextLeft, nextRight] = edge(next);
  return `M${left},${y + 1}H${right}L${nextRight},${y + ROW - 1}H${nextLeft}Z`;
}
