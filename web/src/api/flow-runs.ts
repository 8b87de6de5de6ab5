import { queryOptions } from "@tanstack/react-query";
import type { Label } from "@/lib/i18n";
import { z } from "@/lib/zod";
import { call } from "./client";
import { flowsKey, recordKey } from "./keys";

const LabelShape = z.object({ zh: z.string(), en: z.string() });

const Step = z.object({
  node: z.string(),
  port: z.string().nullish(),
  told: z.record(z.string(), z.unknown()).nullish(),
  at: z.string(),
});

const Run = z.object({
  id: z.number(),
  flow: z.number(),
  key: z.string(),
  label: LabelShape,
  table: z.string().nullish(),
  record: z.number(),
  /** Where it stands. */
  node: z.string(),
  /** `due`, `waiting`, `done`, `error`, … */
  state: z.string(),
  since: z.string(),
  due_at: z.string().nullish(),
  /** The calendar of that year is not announced yet: the moment may move. */
  provisional: z.boolean().nullish(),
  started_at: z.string(),
  ended_at: z.string().nullish(),
  error: z.looseObject({ zh: z.string(), en: z.string() }).nullish(),
  steps: z.array(Step).default([]),
  /** Of the version it began with. */
  place: z.object({ label: LabelShape, said: LabelShape }).nullish(),
  /** What may come next; null: the end. */
  ahead: z.array(z.object({ port: z.string(), label: LabelShape.nullish() })).default([]),
});
/** A flow on its way with one record. */
export type Run = z.infer<typeof Run>;

export const Runs = z.object({ runs: z.array(Run) });

const Node = z.object({
  key: z.string(),
  type: z.string(),
  label: LabelShape,
  said: LabelShape,
  ports: z.array(z.object({ port: z.string(), to: z.string().nullish() })),
  port_labels: z.record(z.string(), LabelShape).default({}),
});
export type FlowNode = z.infer<typeof Node>;

const Standing = z.object({
  node: z.string(),
  state: z.string(),
  count: z.number(),
  oldest: z.string().nullish(),
  next_due: z.string().nullish(),
});
export type Standing = z.infer<typeof Standing>;

export const Flow = z.object({
  id: z.number(),
  key: z.string(),
  label: LabelShape,
  table: z.string(),
  active: z.boolean(),
  number: z.number(),
  mode: z.string(),
  trigger: z.object({ type: z.string(), label: LabelShape, when: z.unknown().optional() }),
  /** The first is where every run begins. */
  nodes: z.array(Node),
  standing: z.array(Standing).default([]),
});
export type Flow = z.infer<typeof Flow>;

const Flows = z.object({ flows: z.array(Flow) });

const LOOK_AGAIN_MS = 30_000;

/** Every flow that concerns me, with where its runs stand. */
export const flowsQuery = queryOptions({
  queryKey: flowsKey,
  queryFn: async ({ signal }) => Flows.parse(await call("GET", "/flows", { signal })).flows,
  staleTime: LOOK_AGAIN_MS,
});

/** What flows did and will do with one record. */
export const recordRunsQuery = (table: string, id: number) =>
  queryOptions({
    queryKey: [...recordKey(table, id), "runs"],
    queryFn: async ({ signal }) =>
      Runs.parse(await call("GET", `/tables/${encodeURIComponent(table)}/records/${id}/runs`, { signal })).runs,
  });

const LIVE = new Set(["due", "waiting", "error"]);

/** What it does when nothing else happens before; null: it ends. */
export function onward({ ahead }: Run): Label | null {
  const way = ahead.find(({ port }) => port === "timeout" || port === "next");
  return way?.label ?? null;
}

/** Whether it goes on, or would if it could. */
export const isUnderWay = ({ state }: Run) => LIVE.has(state);

/** The moment a run waits for, as its own working calendar says it; null when it waits for none. */
export function saidUntil({ node, steps, state }: Run): Label | null {
  if (state !== "waiting") return null;
  const told = steps.filter((step) => step.node === node).at(-1)?.told;
  return LabelShape.safeParse(told?.said).data ?? null;
}
