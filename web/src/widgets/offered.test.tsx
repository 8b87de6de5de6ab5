import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { journalFields } from "@/api/journal-fields";
import { metaOf, table } from "@/api/meta-for-tests";
import { renderWith } from "@/api/render-for-tests";
import { LinkPicker } from "./link-picker";
import { QuickFields } from "./quick-fields";

const choice = (key: string, hidden = false) => ({ key, label: { zh: key, en: key }, color: null, hidden });

const meta = metaOf(
  table({ key: "firm", fields: [{ key: "name" }], settings: { title: "name" } }),
  table({
    key: "word",
    settings: { summary: ["kind"] },
    fields: [
      { key: "kind", widget: "dropdown", options: { choices: [choice("call"), choice("fax", true)] } },
      { key: "firm", widget: "link", refers: { table: "firm", many: false } },
    ],
  }),
);
const word = meta.table.get("word")!;

const quick = (values: Record<string, unknown>) =>
  renderWith(
    meta,
    <QuickFields
      fields={journalFields(word)}
      values={values}
      faults={{}}
      required={new Set()}
      onChange={() => {}}
      text={null}
      turn={0}
    />,
  );

test("what an administrator has hidden is not offered any more", () => {
  quick({});
  expect(screen.getAllByRole("radio").map((one) => one.textContent)).toEqual(["call"]);
});

test("where it is chosen already it stays", () => {
  quick({ kind: "fax" });
  expect(screen.getAllByRole("radio").map((one) => one.textContent)).toEqual(["call", "fax"]);
});

test("a link known by its number alone, as from an address, is shown by its title", async () => {
  const asked = vi.fn();
  vi.stubGlobal("fetch", async (address: string) => {
    asked(decodeURIComponent(address));
    return Response.json({ records: [{ id: 9, name: "云帆科技" }], next: null, count: null });
  });
  renderWith(
    meta,
    <LinkPicker aria={{ id: "x" }} field={word.byKey.get("firm")!} value={9} onChange={() => {}} many={false} />,
  );
  expect(await screen.findByText("云帆科技")).toBeTruthy();
  expect(asked.mock.calls.some(([address]) => String(address).includes('"op":"in","value":[9]'))).toBe(true);
  vi.unstubAllGlobals();
});
