import { expect, it } from "vitest";
import { currenciesWith, currencyName, offsetOf, zonesWith } from "./choices";

it("what is in use can always be chosen, and what is near comes first", () => {
  expect(zonesWith("Asia/Shanghai")[0]).toBe("Asia/Shanghai");
  expect(zonesWith("Antarctica/Nowhere")[0]).toBe("Antarctica/Nowhere");
  expect(currenciesWith("XBT")).toContain("XBT");
  expect(new Set(zonesWith("UTC")).size).toBe(zonesWith("UTC").length);
});

it("names currencies and offsets", () => {
  expect(currencyName("CNY", "zh")).toBe("CNY · 人民币");
  expect(offsetOf("Asia/Shanghai", new Date("2026-11-22T00:00:00Z"))).toBe("UTC+8");
});
