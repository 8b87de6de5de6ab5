import { useSearchParams } from "react-router";

/** The periods one switches between with one touch. */
export const PERIODS = ["today", "this_week", "this_month", "last_30_days", "this_year"] as const;
export type Named = (typeof PERIODS)[number];

const DAYS = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;

/** First and last of days picked by hand; null for a named period. */
export function daysOf(period: string): [string, string] | null {
  const [, first, last] = DAYS.exec(period) ?? [];
  return first && last ? [first, last] : null;
}

/** The period in the address, else the dashboard's own. */
export function usePeriod(usual: string): [string, (period: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const period = parameters.get("period") ?? usual;
  return [period, (chosen) => setParameters(chosen === usual ? {} : { period: chosen })];
}
