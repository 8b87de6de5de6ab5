import { expect, test } from "vitest";
import { type Command, matching } from "./commands";

const page = (name: string, words = ""): Command => ({
  key: name,
  kind: "page",
  name,
  words,
  icon: "table",
  run: () => {},
});
const ALL = [page("工作台", "Today"), page("新建线索", "New lead"), page("线索", "Leads"), page("客户", "Accounts")];
const names = (typed: string) => matching(ALL, typed).map(({ name }) => name);

test("what begins with the words comes before what holds them, and the other language is found last", () => {
  expect(names("线索")).toEqual(["线索", "新建线索"]);
  expect(names("lead")).toEqual(["新建线索", "线索"]);
  expect(names("  ")).toHaveLength(4);
  expect(names("报价")).toEqual([]);
});
