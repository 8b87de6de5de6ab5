import { expect, test } from "vitest";
import { audienceOf, keysOf } from "./audience";

test("readers chosen from a list are the readers of the view", () => {
  const shared = { everyone: false, departments: [3, 12], roles: ["rep"] };
  expect(audienceOf(keysOf(shared))).toEqual(shared);
  expect(audienceOf(["everyone"])).toEqual({ everyone: true, departments: [], roles: [] });
  expect(keysOf(audienceOf([]))).toEqual([]);
});
