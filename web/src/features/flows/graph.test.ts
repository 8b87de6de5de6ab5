import { expect, test } from "vitest";
import type { WholeFlow } from "./api";
import { conditionOf, graphOf } from "./graph";

const label = (text: string) => ({ zh: text, en: text });
const node = (key: string, ...ports: [string, string | null][]) => ({
  key,
  type: "wait",
  label: label(key),
  said: label(""),
  ports: ports.map(([port, to]) => ({ port, to })),
  port_labels: {},
});
const flow: WholeFlow = {
  id: 1,
  key: "f",
  label: label("f"),
  table: "lead",
  active: true,
  number: 2,
  mode: "one",
  trigger: { type: "record_created", label: label("new"), when: null },
  nodes: [node("wait", ["timeout", "tell"], ["happened", null]), node("tell", ["next", null])],
  standing: [{ node: "wait", state: "waiting", count: 4, oldest: null, next_due: null }],
  definition: { nodes: [{ key: "wait", config: { ways: [{ port: "a", when: { field: "x", op: "eq" } }] } }] },
};

test("the trigger leads to the first node; a way that leads nowhere among several gets an end", () => {
  const { arrows, pieces } = graphOf(flow);
  expect(arrows.map(({ from, to }) => `${from}>${to}`)).toEqual(["@trigger>wait", "wait>tell", "wait>wait:happened"]);
  expect(pieces.get("wait:happened")).toEqual({ kind: "end" });
  // The only way out of the last node needs no end of its own.
  expect(pieces.has("tell:next")).toBe(false);
});

test("a box where runs stand has room to say so", () => {
  const heights = new Map(graphOf(flow).boxes.map(({ key, height }) => [key, height]));
  expect(heights.get("wait")).toBeGreaterThan(heights.get("tell") ?? 0);
});

test("the condition of a way is found in what was written", () => {
  expect(conditionOf(flow, "wait", "a")).toEqual({ field: "x", op: "eq" });
  expect(conditionOf(flow, "tell", "next")).toBeNull();
});
