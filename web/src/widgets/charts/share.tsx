import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ChartProps, partColour, useFigures } from "./chart";
import "./share.css";

const RADIUS = 58;
const THICK = 27;
const SIZE = 2 * (RADIUS + THICK / 2);
const ROUND = 2 * Math.PI * RADIUS;

/** How a whole divides: a ring, and beside it the figures as a table. */
export function ShareChart({ tile, listAt }: ChartProps) {
  const { t } = useTranslation();
  const { format, full, short, name, part: nameOf } = useFigures(tile);
  const sizes = tile.parts.map(({ values: [first] }) => Math.max(0, Number(first?.value ?? 0)));
  const whole = sizes.reduce((sum, size) => sum + size, 0) || 1;
  const [total] = tile.values;
  return (
    <div className="share">
      <div className="share-ring">
        <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
          {tile.parts.map((part, place) => (
            <circle
              key={String(part.key)}
              {...arc(sizes, place, whole)}
              cx={SIZE / 2}
              cy={SIZE / 2}
              r={RADIUS}
              fill="none"
              stroke={partColour(place, part.is_rest)}
              strokeWidth={THICK}
            />
          ))}
        </svg>
        {total && (
          <Link to={listAt(total.filter)}>
            <b>{short(total.value)}</b>
            <small>{t("dashboards.whole")}</small>
          </Link>
        )}
      </div>
      <table aria-label={format.label(tile.label)}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{format.label(tile.label)}</span>
            </th>
            <th scope="col">{name(0)}</th>
            <th scope="col">{t("dashboards.share")}</th>
            {tile.measures.slice(1).map((measure, place) => (
              <th scope="col" key={measure.label?.en ?? ""}>
                {name(place + 1)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tile.parts.map((part, place) => (
            <tr key={`${part.is_rest} ${String(part.key)}`}>
              <th scope="row">
                <i style={{ background: partColour(place, part.is_rest) }} />
                {nameOf(part)}
              </th>
              {part.values.slice(0, 1).map((value) => (
                <td key="first">
                  <Link to={listAt(value.filter)}>{full(value.value)}</Link>
                </td>
              ))}
              <td className="share-part">{`${((100 * (sizes[place] ?? 0)) / whole).toFixed(1)}%`}</td>
              {part.values.slice(1).map((value, at) => (
                <td key={name(at + 1)}>
                  <Link to={listAt(value.filter)}>{full(value.value, at + 1)}</Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The dashes that draw one part of the ring, with a hair of ground between it and the next. */
function arc(sizes: readonly number[], place: number, whole: number) {
  const before = sizes.slice(0, place).reduce((sum, size) => sum + size, 0);
  const length = (ROUND * (sizes[place] ?? 0)) / whole;
  const gap = length > 3 && sizes.length > 1 ? 1.5 : 0;
  return {
    strokeDasharray: `${Math.max(0, length - gap)} ${ROUND}`,
    strokeDashoffset: -(ROUND * before) / whole,
  };
}
