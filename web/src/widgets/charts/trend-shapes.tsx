import { useId } from "react";
import type { Tile } from "@/api/dashboards";
import { colourAt } from "./trend-colours";

/** Where a value of a step is drawn. */
export type Plot = {
  ticks: number[];
  width: number;
  /** Width of one step in px, and the height of the ground. */
  step: number;
  low: number;
  x: (place: number) => number;
  y: (value: number) => number;
};

const WIDEST_BAR = 18;

export function BarShapes({ plot, tile, drawn }: { plot: Plot; tile: Tile; drawn: readonly number[] }) {
  const bar = Math.min(WIDEST_BAR, (plot.step * 0.66) / drawn.length);
  const gap = bar > 8 ? 2 : 0;
  return tile.parts.map((part, place) =>
    drawn.map((measure, at) => {
      const value = Number(part.values[measure]?.value ?? 0);
      const height = plot.low - plot.y(value);
      if (!(height > 0)) return null;
      const x = plot.x(place) + (at - drawn.length / 2) * (bar + gap) + gap / 2;
      return <path key={`${String(part.key)} ${measure}`} d={barPath(x, plot.low, bar, height)} fill={colourAt(at)} />;
    }),
  );
}

/** A bar with round shoulders that stands flat on the ground. */
function barPath(x: number, low: number, width: number, height: number): string {
  const round = Math.min(3, width / 2, height);
  return `M${x},${low}v${round - height}q0,${-round} ${round},${-round}h${width - 2 * round}q${round},0 ${round},${round}v${height - round}z`;
}

type Point = [number, number];

export function AreaShape({ plot, tile }: { plot: Plot; tile: Tile }) {
  const fade = useId();
  const runs = runsOf(tile, plot);
  return (
    <>
      <defs>
        <linearGradient id={fade} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--c-primary)" stopOpacity="0.2" />
          <stop offset="1" stopColor="var(--c-primary)" stopOpacity="0.05" />
        </linearGradient>
      </defs>
      {runs.map((points) => {
        const [first, last] = [points[0], points.at(-1)];
        if (!first || !last) return null;
        const line = smooth(points);
        return (
          <g key={first[0]}>
            <path d={`${line}L${last[0]},${plot.low}L${first[0]},${plot.low}Z`} fill={`url(#${fade})`} />
            <path d={line} fill="none" stroke="var(--c-primary)" strokeWidth="2" strokeLinecap="round" />
            {points.length === 1 && <circle cx={first[0]} cy={first[1]} r="3.5" fill="var(--c-primary)" />}
          </g>
        );
      })}
    </>
  );
}

/** A step without a value breaks the line: what is not known is not drawn. */
function runsOf(tile: Tile, plot: Plot): Point[][] {
  const runs: Point[][] = [[]];
  tile.parts.forEach(({ values: [value] }, place) => {
    if (value?.value === null || value === undefined) runs.push([]);
    else runs.at(-1)?.push([plot.x(place), plot.y(Number(value.value))]);
  });
  return runs.filter((run) => run.length > 0);
}

/** A curve through all points that never rises above or falls below its neighbours. */
function smooth(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return "";
  let [x, y] = start;
  let path = `M${x},${y}`;
  for (const [nextX, nextY] of rest) {
    const middle = (x + nextX) / 2;
    path += `C${middle},${y} ${middle},${nextY} ${nextX},${nextY}`;
    [x, y] = [nextX, nextY];
  }
  return path;
}
