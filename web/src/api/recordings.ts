import { queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { RECORDING } from "./calls";
import { ROOT } from "./client";
import { problemOf } from "./errors";
import { recordsKey } from "./keys";
import { listRecords } from "./records";

const Leg = z.object({
  id: z.number(),
  call: z.looseObject({ id: z.number() }),
  side: z.string(),
  seconds: z.coerce.number().nullish().catch(null),
});
/** One side of a recorded call. */
export type Leg = z.infer<typeof Leg>;

const MOST = 500;

/** The recordings of some calls that one may hear, by call. */
export const recordingsQuery = (calls: readonly number[], may: boolean) =>
  queryOptions({
    queryKey: [...recordsKey(RECORDING), "of calls", calls],
    queryFn: async ({ signal }) => {
      const filter = { field: "call", op: "in", value: calls };
      const fields = ["call", "side", "seconds"];
      const { records } = await listRecords(
        RECORDING,
        { filter, fields, sort: "side", limit: MOST, count: "none" },
        signal,
      );
      const found = new Map<number, Leg[]>();
      for (const record of records) {
        const { data: leg } = Leg.safeParse(record);
        if (leg) found.set(leg.call.id, [...(found.get(leg.call.id) ?? []), leg]);
      }
      return found;
    },
    enabled: may && calls.length > 0,
  });

/** The sound itself. Each time it is asked for stands in the audit. */
export async function readSound({ id }: Leg): Promise<ArrayBuffer> {
  const response = await fetch(`${ROOT}/recordings/${id}/audio`, { credentials: "same-origin" });
  if (!response.ok) throw await problemOf(response);
  return response.arrayBuffer();
}
