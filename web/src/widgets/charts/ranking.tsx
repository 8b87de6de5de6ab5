import { Link } from "react-router";
import { type ChartProps, useFigures } from "./chart";
import "./ranking.css";

/** Who or what has most: a table whose first figures are also drawn. */
export function RankingChart({ tile, listAt }: ChartProps) {
  const { format, full, name, part: nameOf } = useFigures(tile);
  const most = Math.max(0, ...tile.parts.map(({ values: [first] }) => Number(first?.value ?? 0)));
  return (
    <table className="ranking" aria-label={format.label(tile.label)}>
      <thead className={tile.measures.length > 1 ? "" : "sr-only"}>
        <tr>
          <th scope="col" colSpan={2}>
            <span className="sr-only">{format.label(tile.label)}</span>
          </th>
          {tile.measures.map((measure, place) => (
            <th scope="col" key={measure.label?.en ?? ""} className={place === 0 ? "ranking-first" : ""}>
              {name(place)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tile.parts.map((part, place) => (
          <tr key={String(part.key)}>
            <td className={place < 3 ? "ranking-place top" : "ranking-place"}>{place + 1}</td>
            <th scope="row">{nameOf(part)}</th>
            {part.values.map((value, at) => (
              <td key={name(at)} className={at === 0 ? "ranking-first" : ""}>
                {at === 0 && (
                  <span className="ranking-bar" aria-hidden="true">
                    <i style={{ width: `${most > 0 ? (100 * Math.max(0, Number(value.value ?? 0))) / most : 0}%` }} />
                  </span>
                )}
                <Link to={listAt(value.filter)}>{full(value.value, at)}</Link>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
