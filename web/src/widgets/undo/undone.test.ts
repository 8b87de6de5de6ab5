import { expect, test } from "vitest";
import { byRecord, undoneFrom } from "./undone";

const conflict = (record: number, field?: string) => ({ table: "lead", record, field, detail: "之后被人改过" });

test("what an undo left is read as it is told", () => {
  const told = { undone: 12, conflicts: [conflict(4, "city")], conflict_count: 1, change_set: 9 };
  expect(undoneFrom(told)).toMatchObject({ undone: 12, conflict_count: 1 });
});

test("a result that says nothing counts as nothing", () => {
  expect(undoneFrom(null)).toEqual({ undone: 0, conflicts: [], conflict_count: 0 });
  expect(undoneFrom("?")).toEqual({ undone: 0, conflicts: [], conflict_count: 0 });
});

test("the fields of one record stand together", () => {
  const conflicts = [conflict(4, "city"), conflict(5), conflict(4, "name")];
  expect(byRecord(conflicts).map((one) => one.map(({ record, field }) => [record, field]))).toEqual([
    [
      [4, "city"],
      [4, "name"],
    ],
    [[5, undefined]],
  ]);
});
