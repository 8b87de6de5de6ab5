import { expect, test } from "vitest";
import { readList } from "@/lib/list-url";
import { importedFrom } from "./checked";
import { resultAddress } from "./result-address";

const job = {
  state: "done",
  progress: 1,
  created_at: "2026-11-22T10:00:00+00:00",
  finished_at: "2026-11-22T10:00:09+00:00",
} as const;
const filterOf = (address: string) => readList(new URLSearchParams(address.split("?")[1])).filter;

test("what was created is found by its author and the time the import took", () => {
  const imported = importedFrom({ created: 4, updated: 2 })!;
  expect(filterOf(resultAddress("lead", imported, job))).toEqual({
    all: [
      { field: "created_by", op: "eq", value: "@me" },
      { field: "created_at", op: "between", value: [job.created_at, job.finished_at] },
    ],
  });
});

test("where nothing was created, what was updated is shown", () => {
  const imported = importedFrom({ created: 0, updated: 2 })!;
  expect(JSON.stringify(filterOf(resultAddress("lead", imported, job)))).toContain("updated_at");
});

test("a job whose times are not known leads to the whole list", () => {
  expect(resultAddress("lead", importedFrom({})!, { state: "done", progress: 1 })).toBe("/t/lead");
});
