import { queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { checklistsKey } from "./keys";

const Name = z.object({ zh: z.string(), en: z.string() });

/** Which screen a step's button leads to; a page this version does not know leads nowhere. */
const Place = z.object({
  page: z.string(),
  table: z.string().optional(),
  view: z.string().nullish(),
  role: z.string().optional(),
});
export type Place = z.infer<typeof Place>;

const Step = z.object({
  key: z.string(),
  label: Name,
  help: Name,
  button: Name,
  open: Place,
  /** A file to do the step with. */
  sample: z.string().nullish(),
  done: z.boolean(),
});
export type Step = z.infer<typeof Step>;

const Checklist = z.object({ key: z.string(), label: Name, finished: Name, steps: z.array(Step) });
export type Checklist = z.infer<typeof Checklist>;

const at = (key: string) => `/checklists/${encodeURIComponent(key)}`;

/** The steps as the facts tick them now. */
export const checklistQuery = (key: string) =>
  queryOptions({
    queryKey: [...checklistsKey, key],
    queryFn: async ({ signal }) => Checklist.parse(await call("GET", at(key), { signal })),
    // Another tab may have made a person meanwhile, which the live connection does not tell.
    staleTime: 0,
  });

/** Puts it away for me, or brings it back. */
export const dismissChecklist = ({ key, dismissed }: { key: string; dismissed: boolean }) =>
  call<void>("PATCH", at(key), { body: { dismissed } });

export const sampleAddress = (key: string, sample: string) => `/api/v1${at(key)}/samples/${encodeURIComponent(sample)}`;
