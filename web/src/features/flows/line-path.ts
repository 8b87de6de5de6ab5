import type { Point } from "./layout";

const ROUND = 8;

/** A line from corner to corner with its corners rounded off. */
export function linePath(points: readonly Point[]): string {
  const corners = points.filter((point, at) => {
    const before = points[at - 1];
    return !before || before.x !== point.x || before.y !== point.y;
  });
  return corners
    .map((point, at) => {
      const [before, after] = [corners[at - 1], corners[at + 1]];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const into = towards(point, before);
      const out = towards(point, after);
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join("");
}

/** A little way from one point to another; at most half of it. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(ROUND, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
