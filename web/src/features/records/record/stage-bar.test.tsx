import { fireEvent, screen } from "@testing-library/react";
import { App } from "antd";
import { expect, test, vi } from "vitest";
import { metaOf, table } from "@/api/meta-for-tests";
import { renderWith } from "@/api/render-for-tests";
import { StageBar } from "./stage-bar";

const choice = (key: string, hidden = false) => ({ key, label: { zh: key, en: key }, color: null, hidden });

const meta = metaOf(
  table({
    key: "prospect",
    settings: { stage: "state", given_up: ["lost"] },
    converts: { targets: [{ link: "firm", table: "firm" }], set: { state: "done" } },
    fields: [
      {
        key: "state",
        widget: "dropdown",
        options: { choices: [choice("new"), choice("old", true), choice("done"), choice("lost")] },
      },
    ],
  }),
);
const prospect = meta.table.get("prospect")!;

const bar = (state: string, onConvert: (() => void) | null = null) => {
  const save = vi.fn(async () => {});
  renderWith(
    meta,
    <App>
      <StageBar table={prospect} record={{ id: 1, state }} save={save} onConvert={onConvert} />
    </App>,
  );
  return save;
};

test("a stage that is no longer offered is drawn only where the record stands at it", () => {
  bar("new");
  expect(screen.getAllByRole("button").map((one) => one.textContent)).toEqual(["new", "done", "lost"]);
});

test("and stays there", () => {
  bar("old");
  expect(screen.getByRole("button", { current: "step" }).textContent).toBe("old");
});

test("the stage of what is converted is reached by converting, as long as that can be done", () => {
  const onConvert = vi.fn();
  const save = bar("new", onConvert);
  fireEvent.click(screen.getByRole("button", { name: "done" }));
  expect(onConvert).toHaveBeenCalledOnce();
  expect(save).not.toHaveBeenCalled();
});

test("afterwards it is a stage like any other", () => {
  const save = bar("new");
  fireEvent.click(screen.getByRole("button", { name: "done" }));
  expect(save).toHaveBeenCalledOnce();
});

test("one that was given up has not passed the stages before", () => {
  bar("lost");
  const stages = screen.getAllByRole("listitem").map((one) => one.className);
  expect(stages).toEqual(["", "", "on given-up"]);
});

test("one that has come to its aim has", () => {
  bar("done");
  const stages = screen.getAllByRole("listitem").map((one) => one.className);
  expect(stages).toEqual(["done", "on", ""]);
});
