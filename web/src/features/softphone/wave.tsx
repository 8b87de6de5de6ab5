import "./wave.css";

const BARS = 56;
const HEIGHTS = Array.from(
  { length: BARS },
  (_, bar) => 3 + Math.abs(Math.sin(bar * 0.55) * Math.cos(bar * 0.17 + 1) * 18) + (bar % 5) * 0.8,
);

/** A sign of life on the line; it is no measurement. */
export function Wave({ look }: { look: "still" | "ringing" | "talking" }) {
  return (
    <div className={`wave ${look}`} aria-hidden="true">
      {HEIGHTS.map((height, bar) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
          key={bar}
          style={{
            height: look === "talking" ? height : 3,
            opacity: 0.35 + bar / 90,
            animationDelay: `${look === "ringing" ? bar * 28 : (bar * 137) % 1100}ms`,
          }}
        />
      ))}
    </div>
  );
}
