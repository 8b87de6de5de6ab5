import { describe, expect, it } from "vitest";
import { added, moved, pasted } from "./choices";
import { newChoice } from "./draft";

const list = (...names: string[]) => names.map((name) => newChoice([], name));
const names = (choices: { zh: string }[]) => choices.map(({ zh }) => zh);

describe("options", () => {
  it("are added behind the one at hand", () => {
    expect(names(added(list("甲", "乙"), 0))).toEqual(["甲", "", "乙"]);
    expect(names(added([], -1))).toEqual([""]);
  });

  it("are moved one step and stay at the ends", () => {
    expect(names(moved(list("甲", "乙", "丙"), 2, -1))).toEqual(["甲", "丙", "乙"]);
    expect(names(moved(list("甲", "乙"), 0, -1))).toEqual(["甲", "乙"]);
  });

  it("come from a pasted column: the empty line is filled first, what is there already is left out", () => {
    expect(names(pasted(list("甲", "", "丁"), 1, "乙\t2\r\n\n甲\n丙\n", "zh"))).toEqual(["甲", "乙", "丙", "丁"]);
  });

  it("that exist keep their name when something is pasted at them", () => {
    const known = list("甲").map((choice) => ({ ...choice, key: "a" }));
    expect(names(pasted(known, 0, "乙\n丙", "zh"))).toEqual(["甲", "乙", "丙"]);
  });

  it("are pasted into the language one is writing in", () => {
    const [first] = pasted(list(""), 0, "High\nLow", "en");
    expect([first?.zh, first?.en]).toEqual(["", "High"]);
  });

  it("take their colours in turn", () => {
    const [first, second] = added(list("甲"), 0);
    expect(first?.color).not.toBe(second?.color);
  });
});
