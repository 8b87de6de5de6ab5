import { useEffect, useState } from "react";
import { type Export, isAwaited, noteFetched } from "@/api/exports";
import { download } from "@/lib/download";

/** Fetches a file that this page asked for as soon as it is ready; knows which ones were fetched here. */
export function useArrivals(exports: readonly Export[]) {
  const [jobs, setJobs] = useState<ReadonlySet<number>>(new Set());
  const fetch = ({ job, url }: Export) => {
    if (!url) return;
    download(url);
    noteFetched(job);
    setJobs((before) => new Set(before).add(job));
  };
  useEffect(() => {
    for (const one of exports) if (one.url && isAwaited(one.job)) fetch(one);
  });
  return { has: (job: number) => jobs.has(job), fetch };
}
