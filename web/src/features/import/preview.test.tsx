import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWith } from "@/api/render-for-tests";
import { checkedFrom } from "./checked";
import { lead, meta } from "./lead-for-tests";
import { Preview } from "./preview";

const checked = checkedFrom({
  file: 1,
  counts: { created: 1, faulty: 1 },
  columns: [
    { name: "电话", field: "phone", samples: [] },
    { name: "称呼", field: "name", samples: [] },
  ],
  rows: [
    { line: 2, outcome: "created", cells: { phone: { text: "138 0000 0000", value: "+86138" }, name: { text: "林" } } },
    { line: 3, outcome: "faulty", cells: { phone: { text: "12", value: null, fault: "手机号应为 11 位" } } },
    { line: 4, outcome: "duplicate", note: "与第 2 行重复", cells: {} },
  ],
})!;

test("the columns stand in the order of the file, rows under the number they have there", () => {
  renderWith(meta, <Preview table={lead} checked={checked} isStale={false} />);
  const headings = screen.getAllByRole("columnheader").map((heading) => heading.textContent);
  expect(headings).toEqual(["行", "结果", "手机*", "姓名"]);
  expect(screen.getAllByRole("rowheader").map((heading) => heading.textContent)).toEqual(["2", "3", "4"]);
});

test("a fault says why, and can be reached by keyboard", () => {
  renderWith(meta, <Preview table={lead} checked={checked} isStale={false} />);
  const row = screen.getByRole("rowheader", { name: "3" }).closest("tr")!;
  const noted = within(row).getByText("12").closest(".noted")!;
  expect(noted.getAttribute("tabindex")).toBe("0");
  expect(noted.textContent).toContain("手机号应为 11 位");
  expect(within(row).getByText("有误")).toBeTruthy();
});

test("what is to be said of a whole row stands beside its outcome", () => {
  renderWith(meta, <Preview table={lead} checked={checked} isStale={false} />);
  const row = screen.getByRole("rowheader", { name: "4" }).closest("tr")!;
  expect(row.textContent).toContain("重复");
  expect(row.textContent).toContain("与第 2 行重复");
});

test("a result that is none of a dry run is told apart", () => {
  expect(checkedFrom({ created: 3 })).toBeNull();
  expect(checkedFrom(null)).toBeNull();
});
