const SMALLEST = 0.35;
const LARGEST = 2;
/** Smaller than this nobody reads; then one rather scrolls. */
const READABLE = 0.8;

type Size = { width: number; height: number };

export const within = (scale: number) => Math.min(LARGEST, Math.max(SMALLEST, scale));

/** So large that all of it is seen, as long as it can be read; never larger than it was drawn. */
export const fitting = (drawing: Size, ground: Size): number =>
  Math.min(1, Math.max(READABLE, Math.min(ground.width / drawing.width, ground.height / drawing.height)));
