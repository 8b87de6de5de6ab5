import { expect, test } from "vitest";
import { passwordFaults } from "./password-rules";

test("a new password is long enough, new, and typed twice alike", () => {
  expect(passwordFaults({ old: "first-one", next: "short", repeat: "short" })).toEqual({ next: "tooShort" });
  expect(passwordFaults({ old: "first-one", next: "first-one", repeat: "first-one" })).toEqual({ next: "same" });
  expect(passwordFaults({ old: "first-one", next: "second-one", repeat: "secand-one" })).toEqual({
    repeat: "different",
  });
  expect(passwordFaults({ old: "first-one", next: "second-one", repeat: "second-one" })).toEqual({});
});
