import { expect, test } from "vitest";
import { metaOf, table } from "@/api/meta-for-tests";
import { bestFor, readScript } from "./choose";

const scripts = metaOf(
  table({
    key: "script",
    fields: [{ key: "name" }, { key: "steps", widget: "long-text" }, { key: "answers", widget: "long-text" }],
    settings: { title: "name", script: { steps: "steps", answers: "answers", by: ["campaign", "source"] } },
  }),
).table.get("script");
if (!scripts) throw new Error("No table");

const callee = { id: 1, campaign: { id: 7, title: "春季" }, source: "website" };
const general = { id: 10, campaign: null, source: null };
const website = { id: 11, campaign: null, source: "website" };
const spring = { id: 12, campaign: { id: 7, title: "春季" }, source: "website" };
const baidu = { id: 13, campaign: null, source: "baidu" };

test("the script made most exactly for whom one calls is shown", () => {
  expect(bestFor(scripts, [general, baidu, website, spring], callee)?.id).toBe(12);
  expect(bestFor(scripts, [general, baidu, website], callee)?.id).toBe(11);
  expect(bestFor(scripts, [general, baidu], callee)?.id).toBe(10);
});

test("a script for others is not shown to anybody else", () => {
  expect(bestFor(scripts, [baidu, spring], { id: 2, source: "website" })).toBeNull();
});

test("a line is a step, its own number set aside; an objection stands before its colon", () => {
  const text = { id: 1, steps: "1. 确认身份\n\n2、回顾上次", answers: "太贵了：比一比一年省下的人工\n再考虑" };
  expect(readScript(scripts, text, "约上门")).toMatchObject({
    steps: ["确认身份", "回顾上次"],
    answers: [
      { to: "太贵了", say: "比一比一年省下的人工" },
      { to: "再考虑", say: "" },
    ],
  });
});
