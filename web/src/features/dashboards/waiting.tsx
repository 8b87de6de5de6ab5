import type { CSSProperties } from "react";

const FIGURES = [2, 2, 2, 2, 2, 2];
const CHARTS = [5, 7, 7, 5];

/** The shape of a dashboard before its figures are here, so that nothing jumps when they come. */
export function Waiting() {
  return (
    <>
      {FIGURES.map((width, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places never change
        <div key={place} className="tile card figure-tile tile-waiting" style={{ "--width": width } as CSSProperties}>
          <i />
          <b />
          <i />
        </div>
      ))}
      {CHARTS.map((width, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places never change
        <div key={place} className="tile card chart-waiting tile-waiting" style={{ "--width": width } as CSSProperties}>
          <i />
        </div>
      ))}
    </>
  );
}
