import { act, fireEvent, render, screen } from "@testing-library/react";
import { type ComponentType, useState } from "react";
import { expect, test, vi } from "vitest";
import { late } from "./late";
import { useKeys } from "./use-keys";

type BoxProps = { onClose: () => void };

function Box({ onClose }: BoxProps) {
  return (
    <button type="button" onClick={onClose}>
      关上
    </button>
  );
}

test("while a box to write in is on its way, keys meant for it do nothing else", async () => {
  let arrive: (box: ComponentType<BoxProps>) => void = () => undefined;
  const LateBox = late(() => new Promise<ComponentType<BoxProps>>((done) => (arrive = done)));
  const call = vi.fn();
  function Page() {
    const [isOpen, setOpen] = useState(false);
    useKeys({ c: call, n: () => setOpen(true) });
    return isOpen && <LateBox onClose={() => setOpen(false)} />;
  }
  const press = (key: string) => fireEvent.keyDown(document.body, { key });
  render(<Page />);

  press("c");
  expect(call).toHaveBeenCalledTimes(1);
  press("n");
  press("c");
  expect(call).toHaveBeenCalledTimes(1);

  await act(async () => arrive(Box));
  fireEvent.click(screen.getByRole("button", { name: "关上" }));
  press("c");
  expect(call).toHaveBeenCalledTimes(2);
});
