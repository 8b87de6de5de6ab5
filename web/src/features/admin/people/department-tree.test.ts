import { describe, expect, it } from "vitest";
import { headCounts, treeOf, withBelow } from "./department-tree";

const departments = [
  { id: 3, name: "杭州一组", parent: 2 },
  { id: 1, name: "销售中心", parent: null },
  { id: 2, name: "华东", parent: 1 },
  { id: 4, name: "市场部", parent: null },
];

describe("the tree of departments", () => {
  it("hangs every department below its parent, whatever order they come in", () => {
    const [sales, marketing] = treeOf(departments);
    expect([sales?.name, marketing?.name]).toEqual(["销售中心", "市场部"]);
    expect(sales?.below[0]?.below[0]).toMatchObject({ name: "杭州一组", depth: 2, below: [] });
  });

  it("shows a department at the top when the one above it is gone", () => {
    expect(treeOf([{ id: 9, name: "客服", parent: 7 }]).map(({ name }) => name)).toEqual(["客服"]);
  });

  it("reaches all below, however deep", () => {
    expect([...withBelow(departments, 1)].sort()).toEqual([1, 2, 3]);
  });

  it("counts people in their department and in all above it", () => {
    const counts = headCounts(departments, [{ department: 3 }, { department: 2 }, { department: null }]);
    expect([counts.get(1), counts.get(2), counts.get(3), counts.get(4)]).toEqual([2, 2, 1, undefined]);
  });
});
