const LEAST = 0.06;

/** Bars of one side, standing on the middle line or hanging from it; three units each, two of them drawn. */
export function barsPath(peaks: readonly number[], middle: number, way: "up" | "down"): string {
  return peaks
    .map((peak, bar) => {
      const height = Math.max(LEAST, peak) * (middle - 1);
      const top = way === "up" ? middle - 0.5 - height : middle + 0.5;
      return `M${bar * 3} ${top.toFixed(1)}h2v${height.toFixed(1)}h-2z`;
    })
    .join("");
}
