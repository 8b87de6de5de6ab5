import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { currentQuery, endedKey, mayCall } from "@/api/calls";
import { useMeta } from "@/api/meta";

const Dock = lazy(async () => ({ default: (await import("@/features/softphone/dock")).Dock }));

/** The telephone of every screen; loaded once there is something on the line. */
export function PhoneSlot() {
  return mayCall(useMeta()) ? <Slot /> : null;
}

function Slot() {
  const client = useQueryClient();
  const { data: current } = useQuery(currentQuery(client));
  const { data: ended } = useQuery<number | null>({ queryKey: endedKey, queryFn: () => null, enabled: false });
  if (!current?.call && !ended) return null;
  return (
    <Suspense>
      <Dock />
    </Suspense>
  );
}
