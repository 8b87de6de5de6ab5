import { expect, it } from "vitest";
import { offered } from "./choice";

it("an option no longer offered stays where it is chosen", () => {
  const options = [
    { value: "a", hidden: false },
    { value: "b", hidden: true },
  ];
  expect(offered(options, []).map(({ value }) => value)).toEqual(["a"]);
  expect(offered(options, ["b"]).map(({ value }) => value)).toEqual(["a", "b"]);
});
