import { afterEach, expect, test, vi } from "vitest";
import { noteServerDate, serverNow } from "./server-clock";

afterEach(() => {
  vi.useRealTimers();
  noteServerDate(new Date().toUTCString());
});

test("a machine whose clock is five minutes slow still counts a call from its answer", () => {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
  noteServerDate("Sun, 22 Nov 2026 10:05:00 GMT");
  expect(new Date(serverNow()).toISOString()).toBe("2026-11-22T10:05:00.000Z");
});

test("a second more or less is the way of the answer, not a wrong clock", () => {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00.900Z") });
  noteServerDate("Sun, 22 Nov 2026 10:00:00 GMT");
  expect(serverNow()).toBe(Date.now());
});

test("an answer without a date says nothing", () => {
  vi.useFakeTimers({ now: new Date("2026-11-22T10:00:00Z") });
  noteServerDate("Sun, 22 Nov 2026 10:05:00 GMT");
  noteServerDate(null);
  expect(new Date(serverNow()).toISOString()).toBe("2026-11-22T10:05:00.000Z");
});
