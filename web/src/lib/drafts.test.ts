// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { draftKey, draftOf, draftsKept, forgetDraftsOfOthers, keepDraft } from "./drafts";

const NOW = Date.UTC(2026, 10, 30);
const DAY = 24 * 3_600_000;
const mine = draftKey(7, "activity", 12);

beforeEach(() => localStorage.clear());

test("what was typed is there again, and gone once nothing is left of it", () => {
  keepDraft(mine, { content: "看了仓库" }, NOW);
  expect(draftOf(mine, NOW + DAY)).toEqual({ content: "看了仓库" });
  expect(draftsKept()).toBe(1);

  keepDraft(mine, {}, NOW);
  expect(draftOf(mine, NOW)).toBeNull();
  expect(draftsKept()).toBe(0);
});

test("after a fortnight nobody knows any more what it was about", () => {
  keepDraft(mine, { content: "看了仓库" }, NOW);
  expect(draftOf(mine, NOW + 15 * DAY)).toBeNull();
});

test("another user finds nothing, and user 7 is not user 70", () => {
  keepDraft(mine, { content: "一" }, NOW);
  keepDraft(draftKey(70, "activity", 12), { content: "二" }, NOW);

  forgetDraftsOfOthers(7);
  expect(draftsKept()).toBe(1);
  expect(draftOf(mine, NOW)).not.toBeNull();

  forgetDraftsOfOthers(null);
  expect(draftsKept()).toBe(0);
});

test("a kept thing that is no draft counts as none", () => {
  localStorage.setItem(mine, "rubbish");
  expect(draftOf(mine, NOW)).toBeNull();
});
