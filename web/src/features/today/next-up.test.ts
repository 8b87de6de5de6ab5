import { expect, test } from "vitest";
import { metaOf, table } from "@/api/meta-for-tests";
import { nextUp } from "./next-up";
import type { Waiting } from "./waiting";

const lead = metaOf(table({ key: "lead", fields: [{ key: "name" }] })).table.get("lead");
const some = (...ids: number[]): Waiting[] =>
  ids.map((id) => {
    if (!lead) throw new Error("No table");
    return { table: lead, id, name: `${id}`, record: null, note: "", todos: [], due: null };
  });
const named = (next: ReturnType<typeof nextUp>) => next && [next.part, next.one.id];

test("the one below comes next, and after the last the first who was passed over", () => {
  const parts = { late: some(1, 2, 3), today: [], fresh: [] };
  expect(named(nextUp(parts, "late", "lead/2"))).toEqual(["late", 3]);
  expect(named(nextUp(parts, "late", "lead/3"))).toEqual(["late", 1]);
});

test("who was just done with and has left the queue is followed by its first", () => {
  expect(named(nextUp({ late: some(4, 5), today: [], fresh: [] }, "late", "lead/1"))).toEqual(["late", 4]);
});

test("when nobody is overdue any more the new ones come, then those of a later hour", () => {
  expect(named(nextUp({ late: some(1), today: some(7), fresh: some(8) }, "late", "lead/1"))).toEqual(["fresh", 8]);
  expect(named(nextUp({ late: some(1), today: some(7), fresh: [] }, "late", "lead/1"))).toEqual(["today", 7]);
  expect(nextUp({ late: some(1), today: [], fresh: [] }, "late", "lead/1")).toBeNull();
});
