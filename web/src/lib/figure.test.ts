import { expect, test } from "vitest";
import { changeOf, compact, figureText, spanText, ticksOf } from "./figure";

const zh = { unit: "number", currency: "CNY", language: "zh" } as const;

test("large numbers are said in 万 and 亿", () => {
  expect(compact(9_999, "zh")).toBe("9,999");
  expect(compact(12_840, "zh")).toBe("1.28万");
  expect(compact(1_864_000, "zh")).toBe("186.4万");
  expect(compact(99_999_999, "zh")).toBe("1亿");
  expect(compact(126_000_000, "zh")).toBe("1.26亿");
  expect(compact(12_840, "en")).toBe("12.8k");
});

test("a headline keeps its digits while they can be read at a glance", () => {
  expect(figureText(186_400, zh)).toBe("186,400");
  expect(figureText("186400.00", { ...zh, unit: "money" })).toBe("¥186,400");
  expect(figureText("11445666.66", { ...zh, unit: "money" })).toBe("¥1,144.6万");
  expect(figureText(0.5694, { ...zh, unit: "percent" })).toBe("56.9%");
  expect(figureText(null, zh)).toBe("—");
});

test("a time is told as people tell it", () => {
  expect(spanText(222, "zh")).toBe("03:42");
  expect(spanText(8_280, "zh")).toBe("2.3 小时");
  expect(spanText(200_000, "zh")).toBe("2.3 天");
});

test("a share changes by points, a time by time, all else by its part", () => {
  expect(changeOf(0.569, 0.548, { ...zh, unit: "percent" })).toEqual({ direction: "up", text: "2.1pt" });
  expect(changeOf(222, 234, { ...zh, unit: "seconds" })).toEqual({ direction: "down", text: "12 秒" });
  expect(changeOf(1_082, 1_000, zh)).toEqual({ direction: "up", text: "8.2%" });
  expect(changeOf(5, 0, zh)).toBeNull();
  expect(changeOf(0, 0, zh)).toEqual({ direction: "same", text: "" });
  expect(changeOf(null, 3, zh)).toBeNull();
});

test("an axis has few and round marks that reach the top", () => {
  expect(ticksOf(182)).toEqual([0, 50, 100, 150, 200]);
  expect(ticksOf(3, 4, true)).toEqual([0, 1, 2, 3]);
  expect(ticksOf(0)).toEqual([0, 1]);
  expect(ticksOf(0.66)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
});
