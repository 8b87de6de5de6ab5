import { expect, test } from "vitest";
import type { Call } from "@/api/calls";
import { lineOf } from "./line";

const call = (rest: Partial<Call>): Call => ({
  id: 3,
  state: "ringing",
  started_at: "2026-11-22T02:00:00Z",
  links: {},
  ...rest,
});
const ended = (outcome: string) => call({ id: 2, state: "ended", outcome });

test("from asking to hanging up a call is live", () => {
  for (const state of ["requested", "dialing", "ringing", "talking"]) {
    expect(lineOf(call({ state }), null).phase).toBe("live");
  }
});

test("a connected call that has ended owes its wrap-up, a closed browser or not", () => {
  expect(lineOf(call({ state: "ended", outcome: "connected", wrap_up: "pending" }), null).phase).toBe("owed");
});

test("nobody answered: the screen says so until the next call", () => {
  expect(lineOf(null, ended("no_answer")).phase).toBe("missed");
  expect(lineOf(call({ state: "requested" }), ended("no_answer")).phase).toBe("live");
});

test("after the wrap-up the line is free, whoever saved it", () => {
  expect(lineOf(null, ended("connected")).phase).toBe("free");
  expect(lineOf(null, null).phase).toBe("free");
});
