import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { Picks } from "./picks";

const GRADES = ["A", "B", "C"].map((key) => ({ key, label: key }));

function Intent() {
  const [value, setValue] = useState<string | null>(null);
  return <Picks label="意向" picks={GRADES} value={value} onChange={setValue} numbered />;
}

const chosen = () => screen.queryByRole("radio", { checked: true })?.textContent ?? null;

test("a figure chooses", () => {
  render(<Intent />);
  fireEvent.keyDown(screen.getByRole("radio", { name: "A" }), { key: "2" });
  expect(chosen()).toBe("B");
});

test("arrows go round, and the focus goes along", () => {
  render(<Intent />);
  fireEvent.keyDown(screen.getByRole("radio", { name: "A" }), { key: "ArrowLeft" });
  expect(chosen()).toBe("C");
  fireEvent.keyDown(screen.getByRole("radio", { name: "C" }), { key: "ArrowRight" });
  expect(chosen()).toBe("A");
  expect(document.activeElement?.textContent).toBe("A");
});

test("what was chosen can be let go", () => {
  render(<Intent />);
  fireEvent.click(screen.getByRole("radio", { name: "B" }));
  fireEvent.click(screen.getByRole("radio", { name: "B" }));
  expect(chosen()).toBeNull();
});

test("one Tab stop for all", () => {
  render(<Intent />);
  expect(screen.getAllByRole("radio").filter((radio) => radio.tabIndex === 0)).toHaveLength(1);
});
