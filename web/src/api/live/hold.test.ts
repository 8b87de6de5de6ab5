import { afterEach, expect, test, vi } from "vitest";
import { hold, whenFree } from "./hold";

afterEach(() => void vi.useRealTimers());

test("what is told while somebody waits for his screen is taken in once, when the last one lets go", () => {
  const act = vi.fn();
  const [first, second] = [hold(), hold()];
  whenFree(act);
  whenFree(act);
  first();
  first();
  expect(act).not.toHaveBeenCalled();
  second();
  expect(act).toHaveBeenCalledTimes(1);
  whenFree(act);
  expect(act).toHaveBeenCalledTimes(2);
});

test("who never lets go holds nothing up for long", () => {
  vi.useFakeTimers();
  const act = vi.fn();
  hold();
  whenFree(act);
  vi.advanceTimersByTime(5_000);
  expect(act).toHaveBeenCalledTimes(1);
});
