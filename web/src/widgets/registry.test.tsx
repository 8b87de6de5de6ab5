import { readdirSync, readFileSync } from "node:fs";
import { cleanup, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, test, vi } from "vitest";
import { field, metaOf, table, tableOf } from "@/api/meta-for-tests";
import { renderWith } from "@/api/render-for-tests";
import { FieldCell } from "./field-cell";
import { FieldInput } from "./field-input";
import { widgets } from "./registry";

const CHOICES = {
  choices: [
    { key: "hot", label: { zh: "高意向", en: "Hot" }, color: "amber" },
    { key: "cold", label: { zh: "低意向", en: "Cold" }, color: "nobody's" },
  ],
};

/** A value of every widget, and how it reads. */
const SAMPLES: Record<string, { value: unknown; reads: string }> = {
  text: { value: "云帆科技", reads: "云帆科技" },
  "long-text": { value: "第一行\n第二行", reads: "第一行" },
  number: { value: 1234.5, reads: "1,234.5" },
  currency: { value: "48000.00", reads: "¥48,000" },
  percent: { value: 12.5, reads: "12.5%" },
  date: { value: "2026-11-22", reads: "2026-11-22" },
  "date-time": { value: "2026-11-22T06:30:00Z", reads: "2026-11-22 14:30" },
  switch: { value: false, reads: "否" },
  dropdown: { value: "hot", reads: "高意向" },
  "multi-select": { value: ["hot", "cold"], reads: "低意向" },
  phone: { value: "+8613800001234", reads: "138 0000 1234" },
  email: { value: "a@example.com", reads: "a@example.com" },
  user: { value: 7, reads: "陈思雨" },
  department: { value: 2, reads: "一组" },
  link: { value: { id: 3, title: "林若溪" }, reads: "林若溪" },
  links: {
    value: [
      { id: 3, title: "林若溪" },
      { id: 4, title: "马思远" },
    ],
    reads: "马思远",
  },
  attachment: { value: [{ id: 1, name: "合同.pdf", size: 2048, type: "application/pdf" }], reads: "1" },
};

const meta = metaOf(table({ key: "lead", fields: [{ key: "name" }], settings: { title: "name" } }));

const fieldOf = (widget: string) => {
  const [made] = tableOf({
    key: "t",
    fields: [field({ key: "f", widget, options: CHOICES, refers: { table: "lead", many: false } })],
  }).fields;
  if (!made) throw new Error("No field");
  return made;
};

const show = (node: ReactNode) => renderWith(meta, node);

describe.each([...widgets.values()])("$widget", ({ widget }) => {
  const sample = SAMPLES[widget];

  test("has a sample in this file", () => expect(sample).toBeDefined());

  test("reads as people expect", () => {
    const { container } = show(<FieldCell value={sample?.value} field={fieldOf(widget)} />);
    expect(container.textContent).toContain(sample?.reads);
  });

  test("can be edited, from a value and from nothing, under a name", () => {
    vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response('{"records":[]}'));
    for (const value of [sample?.value, null]) {
      show(
        <>
          <label htmlFor="box">意向</label>
          <FieldInput aria={{ id: "box" }} value={value} field={fieldOf(widget)} onChange={() => {}} />
        </>,
      );
      expect(screen.getByLabelText("意向")).toBeTruthy();
      cleanup();
    }
  });

  test("never breaks on a value of another kind", () => {
    for (const value of [{ odd: true }, [1, null], "??", 3.5, true]) {
      show(<FieldCell value={value} field={fieldOf(widget)} />);
      cleanup();
    }
  });
});

test("a file is called like its widget", () => {
  const files = readdirSync("src/widgets/fields").filter((name) => name.endsWith(".tsx"));
  expect(files.map((name) => name.replace(".tsx", "")).sort()).toEqual([...widgets.keys()].sort());
});

test("every field type of the server has its widget here", () => {
  const folder = "../src/tuoke/schema/fields";
  const named = readdirSync(folder)
    .filter((name) => name.endsWith(".py") && name !== "__init__.py")
    .flatMap((name) => widgetsNamedIn(readFileSync(`${folder}/${name}`, "utf8")));
  expect(named.length).toBeGreaterThan(10);
  expect([...new Set(named)].filter((name) => !widgets.has(name))).toEqual([]);
});

/** Reads assignments such as `type, widget, operators = "date", "date", ORDER`. */
function widgetsNamedIn(source: string): string[] {
  return [...source.matchAll(/^ {4}((?:\w+, )*widget(?:, \w+)*) = (.+)$/gm)].flatMap(([, names = "", values = ""]) => {
    const value = values.split(", ")[names.split(", ").indexOf("widget")];
    return value ? [value.replaceAll('"', "")] : [];
  });
}

test("a widget nobody knows says so instead of breaking the page", () => {
  show(<FieldCell value="x" field={fieldOf("hologram")} />);
  expect(screen.getByText(/hologram/)).toBeTruthy();
});

test("nothing is shown for nothing in a grid, and a dash where there is room", () => {
  expect(show(<FieldCell value={null} field={fieldOf("text")} />).container.textContent).toBe("");
  cleanup();
  expect(show(<FieldCell value={null} field={fieldOf("text")} roomy />).container.textContent).toBe("—");
});
