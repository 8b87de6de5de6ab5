import { useCallback, useState } from "react";
import { store, stored } from "@/lib/stored";
import { z } from "@/lib/zod";

const LEAST = 60;
const MOST = 640;

/** Column widths this browser was given for a table, and a way to give one. */
export function useWidths(table: string): [Record<string, number>, (field: string, width: number) => void] {
  const key = `tuoke.widths.${table}`;
  const [widths, setWidths] = useState(() => stored(key, z.record(z.string(), z.number())) ?? {});
  const set = useCallback(
    (field: string, width: number) =>
      setWidths((now) => {
        const next = { ...now, [field]: Math.round(Math.max(LEAST, Math.min(MOST, width))) };
        store(key, next);
        return next;
      }),
    [key],
  );
  return [widths, set];
}
