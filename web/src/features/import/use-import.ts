import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { isOver, jobQuery } from "@/api/jobs";
import type { Table } from "@/api/meta";
import { type Asked, startCheck, startImport } from "./api";
import { type Checked, checkedFrom, importedFrom } from "./checked";
import { type Mapping, mappingOf, obstacleTo, usable } from "./mapping";
import { type Options, readOptions, writeOptions } from "./options";
import { atCheck, atJob, readPlace, stepOf } from "./steps";
import { told } from "./told";
import { useAddress } from "./use-address";

/** Rows up to which every change of the settings is looked at by itself; larger files wait to be asked. */
const QUICK_ROWS = 20_000;

/** Everything the wizard knows and can do. Which step it is at follows from the address and the jobs named there. */
export function useImport(table: Table) {
  const [parameters, setParameters] = useAddress();
  const place = readPlace(parameters);
  const options = readOptions(parameters, table);
  const check = useJob(place.check);
  const job = useJob(place.job);
  const checked = useLastChecked(place.check, check.data?.result);
  const [draft, setDraft] = useState<{ file: number; mapping: Mapping } | null>(null);
  const [isStale, setStale] = useState(false);
  const chosen = draft && draft.file === checked?.file ? draft.mapping : mappingOf(checked?.columns ?? []);
  const mapping = usable(table, chosen, options);
  const obstacle = obstacleTo(table, mapping, options);

  const looking = useMutation({
    // One after the other, so that the answer to the last change is the last answer.
    scope: { id: "import-check" },
    mutationFn: (asked: Asked) => startCheck(table, asked),
    onSuccess: (id) => setParameters((now) => atCheck(now, id), { replace: true }),
  });
  const look = (next: { mapping: Mapping | null; options: Options }) => {
    setStale(false);
    if (checked) looking.mutate({ file: checked.file, ...next });
  };
  const change = (changed: { mapping?: Mapping; options?: Options }) => {
    const next = { mapping, options, ...changed };
    if (changed.mapping && checked) setDraft({ file: checked.file, mapping: changed.mapping });
    if (changed.options) setParameters((now) => writeOptions(now, next.options, table), { replace: true });
    const fit = { ...next, mapping: usable(table, next.mapping, next.options) };
    // Nothing that the server is told has changed, as when a constant is still without value.
    if (isEqual(told(table, options, mapping), told(table, fit.options, fit.mapping))) return;
    const isQuick = checked !== null && rowsOf(checked) <= QUICK_ROWS;
    if (isQuick && !obstacleTo(table, fit.mapping, fit.options)) look(fit);
    else setStale(true);
  };
  /** Another worksheet has other columns: they find their fields anew. */
  const chooseSheet = (sheet: string) => {
    const next = { ...options, sheet };
    setDraft(null);
    setParameters((now) => writeOptions(now, next, table), { replace: true });
    look({ mapping: null, options: next });
  };
  const starting = useMutation({
    mutationFn: (asked: Asked) => startImport(table, asked),
    onSuccess: (id) => setParameters(() => atJob(id), { replace: true }),
  });

  return {
    step: stepOf({ place, isChecked: checked !== null, job: job.data }),
    options,
    mapping,
    checked,
    obstacle,
    /** The job that looks at the file, while it does so or when it failed. */
    check: check.data ?? null,
    isChecking: looking.isPending || (place.check !== null && !isOver(check.data) && !check.error),
    isStale,
    job: job.data ?? null,
    imported: useMemo(() => importedFrom(job.data?.result), [job.data?.result]),
    fault: looking.error ?? starting.error ?? check.error ?? job.error,
    isStarting: starting.isPending,
    change,
    chooseSheet,
    checkAgain: () => look({ mapping, options }),
    start: () => checked && starting.mutate({ file: checked.file, mapping, options }),
    /** The file is stored and is being looked at. */
    opened: (id: number) => setParameters((now) => atCheck(now, id)),
    restart: () => setParameters(() => new URLSearchParams()),
    /** What went wrong before does not matter any more. */
    forget: () => {
      looking.reset();
      starting.reset();
    },
  };
}

export type Import = ReturnType<typeof useImport>;

export type StepProps = { table: Table; wizard: Import };

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const useJob = (id: number | null) => useQuery({ ...jobQuery(id ?? 0), enabled: id !== null });

/** Rows of the file, the blank ones included. */
export const rowsOf = ({ counts }: Checked) =>
  counts.created + counts.updated + counts.duplicates + counts.faulty + counts.blank;

/** What was found out last: it stays in sight while something is looked at again. */
function useLastChecked(id: number | null, result: unknown): Checked | null {
  const fresh = useMemo(() => checkedFrom(result), [result]);
  const last = useRef<Checked | null>(null);
  if (id === null) last.current = null;
  else if (fresh) last.current = fresh;
  return last.current;
}
