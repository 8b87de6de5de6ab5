import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { recordKey } from "@/api/keys";
import { z } from "@/lib/zod";

const Match = z.object({
  id: z.number().nullish(),
  title: z.string().nullish(),
  /** Of a record one may not see one learns only that it is there. */
  visible: z.boolean(),
  field: z.string(),
});
export type Match = z.infer<typeof Match>;

const Values = z.record(z.string(), z.unknown());

const Target = z.object({
  /** The link of the converted record that will remember it. */
  link: z.string(),
  table: z.string(),
  optional: z.boolean(),
  creatable: z.boolean(),
  /** What is asked, in order. */
  fields: z.array(z.string()),
  values: Values,
  /** Taken over although one sees stars only. */
  unseen: Values,
  matches: z.array(Match),
});
export type Target = z.infer<typeof Target>;

const Became = z.object({ link: z.string(), table: z.string(), id: z.number(), title: z.string().nullish() });
export type Became = z.infer<typeof Became>;

const Proposal = z.object({ version: z.number(), became: z.array(Became), targets: z.array(Target) });
export type Proposal = z.infer<typeof Proposal>;

/** What a record would become. Asked anew each time: it must not be older than what one looks at. */
export const proposalQuery = (table: string, id: number) =>
  queryOptions({
    queryKey: [...recordKey(table, id), "convert"],
    queryFn: async ({ signal }) =>
      Proposal.parse(await call("GET", `/tables/${table}/records/${id}/convert`, { signal })),
    staleTime: 0,
    gcTime: 0,
  });

/** A record that is there, a new one, or none. */
export type Choice = { id: number } | { values: Record<string, unknown> } | null;

const Converted = z.object({ became: z.array(Became), change_set: z.number() });
export type Converted = z.infer<typeof Converted>;

export const convertRecord = async (
  table: string,
  id: number,
  body: { version: number; targets: Record<string, Choice> },
): Promise<Converted> => Converted.parse(await call("POST", `/tables/${table}/records/${id}/convert`, { body }));

/** What a record became, as a refusal tells it. */
export const becameFrom = (facts: Record<string, unknown>): Became[] => z.array(Became).catch([]).parse(facts.became);
