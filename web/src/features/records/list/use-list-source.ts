import { useCallback, useMemo, useState } from "react";
import type { Table } from "@/api/meta";
import type { ListQuery } from "@/api/records";
import type { Shown } from "@/api/views";
import { useWindows } from "./use-windows";

/** The list's request: what is shown, plus what every row needs to be named. */
export function listQuery(table: Table, shown: Shown): ListQuery {
  const { title, subtitle, stage, owner } = table.settings;
  const named = [title, subtitle, stage, owner].filter((key): key is string => !!key && table.byKey.has(key));
  return {
    filter: shown.filter ?? undefined,
    sort: shown.sort || undefined,
    search: shown.search || undefined,
    fields: [...new Set([...shown.columns, ...named])],
  };
}

/** The rows behind a list. Whoever draws it tells by `look` which of them are in sight. */
export function useListSource(table: Table, shown: Shown) {
  const [range, setRange] = useState({ first: 0, end: 0 });
  const look = useCallback(
    ({ first, end }: { first: number; end: number }) =>
      setRange((now) => (now.first === first && now.end === end ? now : { first, end })),
    [],
  );
  const query = useMemo(() => listQuery(table, shown), [table, shown]);
  return { ...useWindows(table.key, query, range), look, query };
}

export type ListSource = ReturnType<typeof useListSource>;
