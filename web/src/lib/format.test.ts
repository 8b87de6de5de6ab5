import { describe, expect, test } from "vitest";
import { formatBytes, formatMoney, formatNumber, formatPhone, formatWhen, initial } from "./format";

test.each([
  ["+8613800001234", "138 0000 1234"],
  ["+86138****1234", "138 **** 1234"],
  ["+8657188886666", "0571 8888 6666"],
  ["+861088886666", "010 8888 6666"],
  ["+8657188886666;ext=801", "0571 8888 6666 转 801"],
  ["+85221234567", "+85221234567"],
])("a phone is written as people read it: %s", (stored, read) => {
  expect(formatPhone(stored)).toBe(read);
});

test("money keeps every digit and shows cents only where there are some", () => {
  expect(formatMoney("48000.00", "CNY", "zh")).toBe("¥48,000");
  expect(formatMoney("1200.50", "CNY", "zh")).toBe("¥1,200.50");
  expect(formatMoney("9007199254740993.10", "CNY", "zh")).toBe("¥9,007,199,254,740,993.10");
});

test("numbers are grouped and not padded", () => {
  expect(formatNumber(1234567.5, "zh")).toBe("1,234,567.5");
});

describe("a moment, as people say it", () => {
  const now = new Date("2026-11-22T04:00:00Z");
  const when = (iso: string, language: "zh" | "en" = "zh") => formatWhen(iso, now, "Asia/Shanghai", language);

  test.each([
    ["2026-11-22T06:30:00Z", "今天 14:30"],
    ["2026-11-21T07:12:00Z", "昨天 15:12"],
    ["2026-11-23T02:00:00Z", "明天 10:00"],
    ["2026-11-12T06:05:00Z", "11月12日 14:05"],
    ["2025-03-01T06:05:00Z", "2025年3月1日"],
  ])("%s", (iso, said) => expect(when(iso)).toBe(said));

  test("in English too", () => expect(when("2026-11-21T07:12:00Z", "en")).toBe("Yesterday 15:12"));
  test("what is no moment is shown as it is", () => expect(when("soon")).toBe("soon"));
});

test("sizes are said in the largest unit that fits", () => {
  expect([formatBytes(0, "zh"), formatBytes(2048, "zh"), formatBytes(3_500_000, "zh")]).toEqual([
    "0 B",
    "2 KB",
    "3.3 MB",
  ]);
});

test("an avatar shows one whole sign", () => {
  expect([initial("林若溪"), initial(" alice"), initial("𠮷野"), initial("")]).toEqual(["林", "A", "𠮷", "·"]);
});
