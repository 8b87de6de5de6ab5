import { useLocation } from "react-router";
import type { ListQuery } from "@/api/records";
import { z } from "@/lib/zod";

export const recordAddress = (table: string, id: number) => `/t/${table}/${id}`;

const State = z.object({
  list: z.object({
    address: z.string(),
    name: z.string(),
    query: z.custom<ListQuery>((value) => typeof value === "object" && value !== null),
    at: z.number(),
    of: z.number().nullable(),
  }),
});

/** The list a record was opened from, and its place in it. */
export type Whereabouts = z.infer<typeof State>["list"];

/** Null when the record was opened by its address. */
export function useWhereabouts(): Whereabouts | null {
  const { state } = useLocation();
  const parsed = State.safeParse(state);
  return parsed.success ? parsed.data.list : null;
}
