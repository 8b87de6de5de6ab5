import { describe, expect, it } from "vitest";
import { momentsOf } from "./span";

// Two in the morning in Shanghai, the evening before in UTC.
const now = new Date("2026-11-30T18:00:00Z");
const none = { from: "", to: "" };

describe("the time of an audit", () => {
  it("is everything unless narrowed", () => {
    expect(momentsOf("all", none, now, "Asia/Shanghai")).toEqual({});
  });

  it("begins with the day of the workspace, not of the browser", () => {
    expect(momentsOf("today", none, now, "Asia/Shanghai")).toEqual({ since: "2026-11-30T16:00:00.000Z" });
    expect(momentsOf("today", none, now, "UTC")).toEqual({ since: "2026-11-30T00:00:00.000Z" });
  });

  it("counts today as one of the last seven days, across months", () => {
    expect(momentsOf("week", none, now, "Asia/Shanghai")).toEqual({ since: "2026-11-24T16:00:00.000Z" });
  });

  it("of certain days has the last one whole", () => {
    expect(momentsOf("custom", { from: "2026-11-01", to: "2026-11-30" }, now, "Asia/Shanghai")).toEqual({
      since: "2026-10-31T16:00:00.000Z",
      until: "2026-11-30T16:00:00.000Z",
    });
    expect(momentsOf("custom", { from: "", to: "" }, now, "UTC")).toEqual({});
  });
});
