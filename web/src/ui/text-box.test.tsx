import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { TextBox } from "./text-box";

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

const settle = () => act(() => vi.advanceTimersByTime(1000));
const box = () => screen.getByRole<HTMLInputElement>("textbox");

test("it acts once typing has settled", () => {
  const told = vi.fn();
  render(<TextBox value="" onSettled={told} />);

  fireEvent.change(box(), { target: { value: "138" } });
  expect(told).not.toHaveBeenCalled();
  settle();

  expect(told.mock.calls).toEqual([["138"]]);
});

test("pinyin on its way to Chinese is shown but never searched for", () => {
  const told = vi.fn();
  render(<TextBox value="" onSettled={told} />);

  fireEvent.compositionStart(box());
  fireEvent.change(box(), { target: { value: "hang'zhou" } });
  settle();
  expect(told).not.toHaveBeenCalled();
  expect(box().value).toBe("hang'zhou");

  fireEvent.change(box(), { target: { value: "杭州" } });
  fireEvent.compositionEnd(box());
  settle();
  expect(told.mock.calls).toEqual([["杭州"]]);
});

test("two words composed one after the other are one search", () => {
  const told = vi.fn();
  render(<TextBox value="" onSettled={told} />);

  for (const text of ["云帆", "云帆科技"]) {
    fireEvent.compositionStart(box());
    fireEvent.change(box(), { target: { value: text } });
    fireEvent.compositionEnd(box());
  }
  settle();

  expect(told.mock.calls).toEqual([["云帆科技"]]);
});

test("the back button brings the old words back, without searching twice", () => {
  const told = vi.fn();
  const { rerender } = render(<TextBox value="杭州" onSettled={told} />);

  rerender(<TextBox value="" onSettled={told} />);
  settle();

  expect(box().value).toBe("");
  expect(told).not.toHaveBeenCalled();
});
