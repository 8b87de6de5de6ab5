import { expect, test } from "vitest";
import { loudness, stereoWav } from "./wav";

test("two voices stand side by side in the file, the shorter one ends in silence", () => {
  const file = stereoWav(Float32Array.of(1, -1, 0), Float32Array.of(0.5), 8000);
  const view = new DataView(file);
  expect(view.getUint16(22, true)).toBe(2);
  expect(view.getUint32(24, true)).toBe(8000);
  expect(view.getUint32(40, true)).toBe(12);
  expect([...new Int16Array(file, 44)]).toEqual([32767, 16384, -32767, 0, 0, 0]);
});

test("what is too loud is cut, not turned over", () => {
  expect([...new Int16Array(stereoWav(Float32Array.of(3), Float32Array.of(-3), 8000), 44)]).toEqual([32767, -32767]);
});

test("loudness is told against the loudest part", () => {
  expect(loudness(Float32Array.of(0, 0.25, -0.5, 0.1), 2)).toEqual([0.5, 1]);
});

test("silence is silent", () => {
  expect(loudness(new Float32Array(10), 3)).toEqual([0, 0, 0]);
});
