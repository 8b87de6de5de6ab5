import { describe, expect, test } from "vitest";
import { pagesOf, scrollHeight, scrollTo, visibleRows } from "./visible-rows";

const HUNDRED_THOUSAND = { count: 100_000, rowHeight: 36, viewport: 720 };
const MILLION = { count: 1_000_000, rowHeight: 36, viewport: 720 };

test("at the top the first rows are drawn, and a margin below", () => {
  expect(visibleRows(HUNDRED_THOUSAND, 0, 4)).toEqual({ first: 0, end: 24, top: 0 });
});

test("in between, rows stand where they belong", () => {
  const seen = visibleRows(HUNDRED_THOUSAND, 36_000, 4);
  expect(seen).toEqual({ first: 996, end: 1024, top: 996 * 36 });
});

describe.each([HUNDRED_THOUSAND, MILLION])("of $count rows", (rows) => {
  test("the last can be reached", () => {
    const bottom = scrollHeight(rows) - rows.viewport;
    const seen = visibleRows(rows, bottom, 0);
    expect(seen.end).toBe(rows.count);
    const lowerEdge = seen.top + (seen.end - seen.first) * rows.rowHeight;
    expect(Math.abs(lowerEdge - scrollHeight(rows))).toBeLessThan(1);
  });

  test("what is drawn covers what is looked at, everywhere", () => {
    const bottom = scrollHeight(rows) - rows.viewport;
    for (let step = 0; step <= 400; step++) {
      const at = (bottom * step) / 400;
      const seen = visibleRows(rows, at, 0);
      expect(seen.top).toBeLessThanOrEqual(at + 0.001);
      expect(seen.top + (seen.end - seen.first) * rows.rowHeight).toBeGreaterThanOrEqual(at + rows.viewport - 0.001);
    }
  });

  test("a row that is asked for comes into view", () => {
    for (const index of [0, 1, 777, Math.floor(rows.count / 2), rows.count - 1]) {
      const { first, end } = visibleRows(rows, scrollTo(rows, 0, index), 0);
      expect(first).toBeLessThanOrEqual(index);
      expect(end).toBeGreaterThan(index);
    }
  });
});

test("browsers are never asked for more height than they can lay out", () => {
  expect(scrollHeight(MILLION)).toBeLessThan(17_000_000);
});

test("a row in sight moves nothing", () => {
  expect(scrollTo(HUNDRED_THOUSAND, 3600, 105)).toBe(3600);
});

test("a short list is not scrolled", () => {
  const few = { count: 3, rowHeight: 36, viewport: 720 };
  expect(visibleRows(few, 0)).toEqual({ first: 0, end: 3, top: 0 });
  expect(scrollTo(few, 0, 2)).toBe(0);
});

test("pages are those that hold the rows in sight", () => {
  expect(pagesOf({ first: 95, end: 130 }, 100)).toEqual([0, 1]);
  expect(pagesOf({ first: 100, end: 200 }, 100)).toEqual([1]);
  expect(pagesOf({ first: 0, end: 0 }, 100)).toEqual([]);
});
