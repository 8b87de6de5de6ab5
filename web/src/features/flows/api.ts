import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { Flow, Runs } from "@/api/flow-runs";
import { flowsKey, recordsKey } from "@/api/keys";
import type { Table } from "@/api/meta";
import { listRecords } from "@/api/records";
import { titleOf } from "@/api/title";
import { z } from "@/lib/zod";

/** What a node was told to do, as it was written. */
const Definition = z.object({
  nodes: z.array(z.looseObject({ key: z.string(), config: z.record(z.string(), z.unknown()).default({}) })),
});

const Whole = Flow.extend({ definition: Definition.optional().catch(undefined) });
/** A flow with all that is written in it. */
export type WholeFlow = z.infer<typeof Whole>;

/** One flow with all that is written in it, and where its runs stand. */
export const flowQuery = (id: number) =>
  queryOptions({
    queryKey: [...flowsKey, id],
    queryFn: async ({ signal }) => Whole.parse(await call("GET", `/flows/${id}`, { signal })),
  });

export const MOST = 500;
const STANDING = "due,waiting,error";

/** The runs of a flow that are under way, or stopped by an error: on one node, or all. */
export const flowRunsQuery = (id: number, node: string | null) =>
  queryOptions({
    queryKey: [...flowsKey, id, "runs", node],
    queryFn: async ({ signal }) => {
      const query = { state: STANDING, limit: MOST, node: node ?? undefined };
      return Runs.parse(await call("GET", `/flows/${id}/runs`, { query, signal })).runs;
    },
  });

/** What the records that runs are about are called. */
export const titlesQuery = (table: Table | undefined, ids: readonly number[]) =>
  queryOptions({
    queryKey: [...recordsKey(table?.key ?? ""), "titles", ids],
    queryFn: async ({ signal }) => {
      if (!table) return new Map<number, string>();
      const { title } = table.settings;
      const { records } = await listRecords(
        table.key,
        {
          filter: { field: "id", op: "in", value: ids },
          fields: title ? [title] : ["id"],
          limit: MOST,
          count: "none",
        },
        signal,
      );
      return new Map(records.map((record) => [record.id, titleOf(table, record)]));
    },
    enabled: table !== undefined && ids.length > 0,
  });

type InHand = { runs?: number[]; node?: string | null };
const Done = z.object({ done: z.number() });

/** Failed runs take their step once more: these, or all of a node, or of the flow. How many it was. */
export const retryRuns = async (flow: number, which: InHand): Promise<number> =>
  Done.parse(await call("POST", `/flows/${flow}/runs/retry`, { body: which })).done;

/** Runs go no further. How many it was. */
export const cancelRuns = async (flow: number, which: InHand & { states: string[] }): Promise<number> =>
  Done.parse(await call("POST", `/flows/${flow}/runs/cancel`, { body: which })).done;

/** On or off for new runs; those under way go on. */
export const switchFlow = (id: number, active: boolean) => call<unknown>("PATCH", `/flows/${id}`, { body: { active } });
