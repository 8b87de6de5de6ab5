import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { dashboardsKey } from "./keys";

const Name = z.object({ zh: z.string(), en: z.string() });

const Value = z.object({
  /** Money is a decimal in text, a share lies between 0 and 1; null: there is nothing to compute it of. */
  value: z.union([z.number(), z.string()]).nullable(),
  /** How many records the filter finds. */
  count: z.number(),
  filter: z.unknown(),
  /** Of a share: out of how many records, and which these are. */
  of: z.number().nullish(),
  of_filter: z.unknown(),
});
export type Value = z.infer<typeof Value>;

const Measure = z.object({
  label: Name.nullish(),
  unit: z.enum(["number", "percent", "money", "seconds"]).catch("number"),
  currency: z.string().nullish(),
  better: z.enum(["more", "less"]).nullish(),
});
export type Measure = z.infer<typeof Measure>;

const Part = z.object({
  key: z.union([z.number(), z.string(), z.boolean()]).nullable(),
  label: Name.nullish(),
  values: z.array(Value),
  is_rest: z.boolean().default(false),
});
export type Part = z.infer<typeof Part>;

const Tile = z.object({
  key: z.string(),
  kind: z.string(),
  label: Name,
  help: Name.nullish(),
  /** Null: it looks at all times. */
  period: z.string().nullish(),
  /** Of twelve columns. */
  width: z.number(),
  table: z.string(),
  measures: z.array(Measure),
  values: z.array(Value),
  previous: z.array(Value).nullish(),
  group: z.string().nullish(),
  bucket: z.string().nullish(),
  parts: z.array(Part).default([]),
  columns: z.array(z.string()).default([]),
  sort: z.string().nullish(),
  records: z.array(z.looseObject({ id: z.number() })).default([]),
  fault: z.string().nullish(),
});
export type Tile = z.infer<typeof Tile>;

const Days = z.object({ first: z.string(), last: z.string() });

const Dashboard = z.object({
  key: z.string(),
  label: Name,
  period: z.string(),
  days: Days,
  at: z.string(),
  tiles: z.array(Tile),
});
export type Dashboard = z.infer<typeof Dashboard>;

/** All figures of a dashboard for a period. While another period loads, the last one stays. */
export const dashboardQuery = (key: string, period: string) =>
  queryOptions({
    queryKey: [...dashboardsKey, key, period],
    queryFn: async ({ signal }) =>
      Dashboard.parse(await call("GET", `/dashboards/${encodeURIComponent(key)}`, { query: { period }, signal })),
    placeholderData: keepPreviousData,
  });
