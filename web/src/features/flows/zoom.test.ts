import { expect, test } from "vitest";
import { fitting, within } from "./zoom";

const GROUND = { width: 1000, height: 800 };

test("a small drawing keeps its size, a larger one is made to fit, a huge one stays readable", () => {
  expect(fitting({ width: 400, height: 300 }, GROUND)).toBe(1);
  expect(fitting({ width: 1100, height: 300 }, GROUND)).toBeCloseTo(0.909);
  expect(fitting({ width: 9000, height: 300 }, GROUND)).toBe(0.8);
});

test("nobody can lose the drawing by zooming", () => {
  expect([within(100), within(0.001), within(1.3)]).toEqual([2, 0.35, 1.3]);
});
