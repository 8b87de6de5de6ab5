import { expect, test } from "vitest";
import { mentioned, pieces } from "./mentions";

test("the names of mentioned people are marked, everything else stays text", () => {
  expect(pieces("@王芳芳 和 @王芳 看 <b>@李", ["王芳", "王芳芳"])).toEqual([
    { text: "@王芳芳", isName: true },
    { text: " 和 ", isName: false },
    { text: "@王芳", isName: true },
    { text: " 看 <b>@李", isName: false },
  ]);
  expect(pieces("a.b", ["."])).toEqual([{ text: "a.b", isName: false }]);
});

test("who was chosen and taken out again is not mentioned", () => {
  const chosen = new Map([
    [1, "王芳"],
    [2, "王芳芳"],
  ]);
  expect(mentioned("请 @王芳芳 看", chosen)).toEqual([2]);
});
