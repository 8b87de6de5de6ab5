import { expect, it } from "vitest";
import { stretchesOf } from "./stretches";

const day = (text: string, works = false, own = false) => ({ day: text, works, own });

it("days in a row are one stretch, also over the end of a month; a make-up day stands alone", () => {
  expect(
    stretchesOf([day("2026-09-30"), day("2026-10-01"), day("2026-10-02"), day("2026-10-03", true), day("2026-10-05")]),
  ).toEqual([
    { from: "2026-09-30", to: "2026-10-02", works: false, own: false },
    { from: "2026-10-03", to: "2026-10-03", works: true, own: false },
    { from: "2026-10-05", to: "2026-10-05", works: false, own: false },
  ]);
});

it("the firm's own days are told apart from the statutory ones beside them", () => {
  expect(stretchesOf([day("2026-10-07"), day("2026-10-08", false, true)])).toHaveLength(2);
});
