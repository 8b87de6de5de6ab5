import { expect, test } from "vitest";
import { isMissingPart } from "./missing-part";

test.each([
  ["Chromium", "Failed to fetch dynamically imported module: https://x/assets/a-1.js"],
  ["Firefox", "error loading dynamically imported module: https://x/assets/a-1.js"],
  ["Safari", "Importing a module script failed."],
  ["Vite", "Unable to preload CSS for /assets/a-1.css"],
])("%s says that a part did not come", (_, said) => {
  expect(isMissingPart(new TypeError(said))).toBe(true);
});

test("a mistake of ours is no missing part", () => {
  expect(isMissingPart(new TypeError("Cannot read properties of undefined"))).toBe(false);
  expect(isMissingPart("gone")).toBe(false);
});
