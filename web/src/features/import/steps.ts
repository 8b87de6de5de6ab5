import { isOver, type Job } from "@/api/jobs";

/** The steps of the wizard in their order. */
export const STEPS = ["file", "columns", "running", "result"] as const;
export type Step = (typeof STEPS)[number];

/** What of the wizard stands in its address: the job that looks at the file, and the one that imports it. */
export type Place = { check: number | null; job: number | null };

export function readPlace(parameters: URLSearchParams): Place {
  return { check: idFrom(parameters.get("check")), job: idFrom(parameters.get("job")) };
}

function idFrom(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,17}$/.test(text) ? Number(text) : null;
}

export function atCheck(parameters: URLSearchParams, check: number): URLSearchParams {
  const written = new URLSearchParams(parameters);
  written.set("check", String(check));
  written.delete("job");
  return written;
}

/** Nothing but the job: whoever comes back here comes back to the import, not to its settings. */
export const atJob = (job: number) => new URLSearchParams({ job: String(job) });

type Known = {
  place: Place;
  /** Whether a look at the file has ever come to an end. */
  isChecked: boolean;
  job: Job | undefined;
};

/** Where one is. An import that runs is never left by a broken look at another file. */
export function stepOf({ place, isChecked, job }: Known): Step {
  if (place.job !== null) return isOver(job) ? "result" : "running";
  return place.check !== null && isChecked ? "columns" : "file";
}
