import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { useKeys } from "./use-keys";

function Page({ onNew }: { onNew: () => void }) {
  useKeys({ n: onNew });
  return <input aria-label="search" />;
}

test("a key acts on the page", () => {
  const onNew = vi.fn();
  render(<Page onNew={onNew} />);
  fireEvent.keyDown(document.body, { key: "n" });
  expect(onNew).toHaveBeenCalledOnce();
});

test("but not while one writes, holds Ctrl, or composes", () => {
  const onNew = vi.fn();
  render(<Page onNew={onNew} />);
  fireEvent.keyDown(screen.getByLabelText("search"), { key: "n" });
  fireEvent.keyDown(document.body, { key: "n", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "n", keyCode: 229 });
  expect(onNew).not.toHaveBeenCalled();
});
