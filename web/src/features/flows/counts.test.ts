import { expect, test } from "vitest";
import { countsOf } from "./counts";

const at = (state: string, count: number, next_due: string | null = null) => ({
  node: "n",
  state,
  count,
  oldest: null,
  next_due,
});

test("stopped runs are counted apart, and the next is the earliest that waits", () => {
  expect(
    countsOf([
      at("waiting", 4, "2026-11-25T10:00:00+08:00"),
      at("waiting", 2, "2026-11-24T03:00:00+00:00"),
      at("error", 1, "2026-11-01T00:00:00Z"),
      at("due", 3),
    ]),
  ).toEqual({ underWay: 9, failed: 1, next: "2026-11-24T03:00:00+00:00" });
});

test("nothing under way waits for nothing", () => {
  expect(countsOf([])).toEqual({ underWay: 0, failed: 0, next: null });
});
