import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { exportsQuery, fetchedJobs } from "@/api/exports";
import { useMeta } from "@/api/meta";

const Tray = lazy(async () => ({ default: (await import("@/features/exports/exports-tray")).ExportsTray }));

/** The exports of every screen; loaded once there is one. */
export function ExportSlot() {
  const mayExport = [...useMeta().table.values()].some(({ rights }) => rights.export);
  return mayExport ? <Slot /> : null;
}

function Slot() {
  const { data = [] } = useQuery(exportsQuery);
  // What was fetched before this page was opened is done with; what is fetched now still stands there.
  const [before] = useState(fetchedJobs);
  const shown = data.filter(({ job }) => !before.includes(job));
  if (shown.length === 0) return null;
  return (
    <Suspense>
      <Tray exports={shown} />
    </Suspense>
  );
}
