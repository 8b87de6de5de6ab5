import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { DropMenu } from "./drop-menu";

// Loading the menu takes as long as the machine needs.
const PATIENCE = { timeout: 15_000 };

const shown = (
  <DropMenu menu={{ items: [{ key: "figures", label: "看板" }] }}>
    <button type="button">更多</button>
  </DropMenu>
);

test("whoever presses the button or stands on it before the menu is loaded loses neither", {
  timeout: 30_000,
}, async () => {
  render(shown);
  const early = screen.getByRole("button", { name: "更多" });
  early.focus();
  fireEvent.click(early);

  expect(await screen.findByRole("menuitem", { name: "看板" }, PATIENCE)).toBeTruthy();
  const real = screen.getByRole("button", { name: "更多" });
  expect(real).not.toBe(early);
  expect(document.activeElement).toBe(real);
  expect(real.className).toContain("ant-dropdown-open");

  fireEvent.click(screen.getByRole("menuitem", { name: "看板" }));
  await waitFor(() => expect(real.className).not.toContain("ant-dropdown-open"));
});

test("a menu nobody asked for stays closed", { timeout: 30_000 }, async () => {
  render(shown);
  const real = await waitFor(() => {
    const button = screen.getByRole("button", { name: "更多" });
    expect(button.className).toContain("ant-dropdown-trigger");
    return button;
  }, PATIENCE);
  expect(screen.queryByRole("menuitem")).toBeNull();
  expect(document.activeElement).toBe(document.body);

  fireEvent.click(real);
  expect(await screen.findByRole("menuitem", { name: "看板" }, PATIENCE)).toBeTruthy();
});
