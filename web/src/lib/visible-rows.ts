/** Browsers stop laying things out beyond some 17 to 33 million px; a taller list is scrolled in proportion. */
const TALLEST = 12_000_000;

export type Rows = { count: number; rowHeight: number; viewport: number };

/** How high the scrolled area is drawn. */
export const scrollHeight = ({ count, rowHeight }: Rows) => Math.min(count * rowHeight, TALLEST);

export type Visible = {
  first: number;
  /** Not included. */
  end: number;
  /** Where the row `first` is drawn, in px from the top of the scrolled area. */
  top: number;
};

/** The rows to draw at a scroll position, with `margin` rows before and after what is seen. */
export function visibleRows(rows: Rows, scrollTop: number, margin = 8): Visible {
  const { count, rowHeight, viewport } = rows;
  const offset = listOffset(rows, scrollTop);
  const first = Math.max(0, Math.min(count, Math.floor(offset / rowHeight)) - margin);
  const end = Math.min(count, Math.ceil((offset + viewport) / rowHeight) + margin);
  return { first, end, top: first * rowHeight + (scrollTop - offset) };
}

/** How many px of the whole list lie above the window. */
function listOffset(rows: Rows, scrollTop: number): number {
  const whole = rows.count * rows.rowHeight - rows.viewport;
  const drawn = scrollHeight(rows) - rows.viewport;
  if (whole <= 0) return 0;
  const reached = Math.max(0, Math.min(scrollTop, drawn));
  return drawn > 0 ? (reached * whole) / drawn : reached;
}

/** The scroll position that brings row `index` into view, changed as little as possible. */
export function scrollTo(rows: Rows, scrollTop: number, index: number): number {
  const offset = listOffset(rows, scrollTop);
  const above = index * rows.rowHeight;
  const below = above + rows.rowHeight - rows.viewport;
  const wanted = above < offset ? above : below > offset ? below : offset;
  if (wanted === offset) return scrollTop;
  const whole = rows.count * rows.rowHeight - rows.viewport;
  return whole > 0 ? (wanted * (scrollHeight(rows) - rows.viewport)) / whole : 0;
}

/** Numbers of the pages of `size` rows that hold the rows from `first` up to, not including, `end`. */
export function pagesOf({ first, end }: Pick<Visible, "first" | "end">, size: number): number[] {
  if (end <= first) return [];
  const from = Math.floor(first / size);
  return Array.from({ length: Math.floor((end - 1) / size) - from + 1 }, (_, step) => from + step);
}
