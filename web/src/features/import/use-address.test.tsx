import { act, renderHook } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { useAddress } from "./use-address";

const withPart = (name: string, value: string) => (now: URLSearchParams) => {
  const next = new URLSearchParams(now);
  next.set(name, value);
  return next;
};

const open = () =>
  renderHook(() => useAddress(), {
    wrapper: ({ children }) => <MemoryRouter initialEntries={["/?a=1"]}>{children}</MemoryRouter>,
  });

test("changes in a row build on each other", () => {
  const { result } = open();
  act(() => {
    result.current[1](withPart("b", "2"));
    result.current[1](withPart("c", "3"));
  });
  expect(String(result.current[0])).toBe("a=1&b=2&c=3");
});

test("an answer that still holds an old setter forgets nothing either", () => {
  const { result } = open();
  const [, old] = result.current;
  act(() => result.current[1](withPart("b", "2")));
  act(() => old(withPart("c", "3")));
  expect(String(result.current[0])).toBe("a=1&b=2&c=3");
});
