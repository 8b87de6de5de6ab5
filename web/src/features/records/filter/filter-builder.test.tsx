import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { metaOf, table } from "@/api/meta-for-tests";
import { renderWith } from "@/api/render-for-tests";
import { draftOf, type Tree, treeOf } from "@/lib/filter-tree";
import { firstOperator, operatorsOf } from "./field-operators";
import { FilterBuilder } from "./filter-builder";

const op = (...names: string[]) => names.map((name) => ({ op: name, takes: "one" }));

const meta = metaOf(
  table({
    key: "lead",
    fields: [
      { key: "hidden", readable: false },
      { key: "name", operators: op("contains", "eq", "is_empty") },
      { key: "grade", widget: "dropdown", operators: op("is_empty", "eq", "in", "sounds_like") },
      { key: "due", widget: "date-time", operators: op("eq", "in", "between") },
    ],
  }),
);
const lead = meta.table.get("lead")!;

let tree: Tree | null = null;

function Builder({ filter }: { filter: Tree | null }) {
  const [draft, setDraft] = useState(() => draftOf(filter));
  tree = treeOf(draft);
  return <FilterBuilder table={lead} draft={draft} onChange={setDraft} />;
}

test("a condition begins with the first field one may see", () => {
  renderWith(meta, <Builder filter={null} />);
  fireEvent.click(screen.getByRole("button", { name: "添加条件" }));
  expect(screen.getByRole("combobox", { name: "选择字段" }).closest(".ant-select")?.textContent).toContain("name");
  expect(tree).toBeNull();
});

test("a filter from the address is shown, and can be taken away part by part", () => {
  renderWith(
    meta,
    <Builder
      filter={{ all: [{ field: "name", op: "is_empty" }, { not: { any: [{ field: "grade", op: "is_empty" }] } }] }}
    />,
  );
  expect(screen.getByText("全部不满足")).toBeTruthy();
  const [first] = screen.getAllByRole("button", { name: "移除条件" });
  if (first) fireEvent.click(first);
  expect(tree).toEqual({ not: { any: [{ field: "grade", op: "is_empty" }] } });
});

test("groups go three deep", () => {
  renderWith(meta, <Builder filter={null} />);
  fireEvent.click(screen.getByRole("button", { name: "添加条件组" }));
  fireEvent.click(screen.getAllByRole("button", { name: "添加条件组" })[0]!);
  expect(screen.getAllByRole("button", { name: "添加条件组" })).toHaveLength(2);
});

test("only comparisons are offered that a value box can be drawn for", () => {
  const named = (key: string) => operatorsOf(lead.byKey.get(key)!);
  expect(named("grade")).toEqual(["eq", "in", "is_empty"]);
  expect(named("due")).toEqual(["eq", "between"]);
  expect(firstOperator(lead.byKey.get("grade")!)).toBe("in");
});
