import "./print.css";

const MOST_PX = 13;

/** A contact history as small as a word. */
export function Print({ bars }: { bars: readonly number[] }) {
  const most = Math.max(3, ...bars);
  return (
    <span className="print-small" aria-hidden="true">
      {bars.map((count, place) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
          key={place}
          className={count ? "" : "none"}
          style={{ height: count ? 3 + (MOST_PX * count) / most : 3 }}
        />
      ))}
    </span>
  );
}
