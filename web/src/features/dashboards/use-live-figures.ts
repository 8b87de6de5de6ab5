import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Dashboard } from "@/api/dashboards";
import { dashboardsKey } from "@/api/keys";
import { onChanges } from "@/api/live/changed";

/** A busy floor changes records every second; its figures are looked at less often than that. */
const SELDOM_MS = 15_000;

/** Asks for the figures anew some time after records they are made of changed, while somebody looks. */
export function useLiveFigures(dashboard: Dashboard | undefined): void {
  const client = useQueryClient();
  const tables = dashboard ? [...new Set(dashboard.tiles.map(({ table }) => table))].sort().join(" ") : "";
  useEffect(() => {
    let last = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      timer = undefined;
      if (document.hidden) return document.addEventListener("visibilitychange", ask, { once: true });
      last = Date.now();
      void client.invalidateQueries({ queryKey: dashboardsKey });
    };
    const stop = onChanges((changed) => {
      const matters = tables.split(" ").some((table) => table in changed);
      if (matters && timer === undefined) timer = setTimeout(ask, Math.max(1_000, last + SELDOM_MS - Date.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [client, tables]);
}
