import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useMeta } from "@/api/meta";
import type { Notice } from "@/api/notices";

/** Keeps what is shown up to date with what others do, over the browser's one connection. */
export function useLive(onNotices: (fresh: Notice[]) => void): void {
  const client = useQueryClient();
  const user = useMeta().user.id;
  const heard = useRef(onNotices);
  heard.current = onNotices;
  useEffect(() => {
    let leave: (() => void) | null = null;
    let isGone = false;
    void (async () => {
      const [{ connect }, { applier }] = await Promise.all([import("@/api/live/connect"), import("@/api/live/apply")]);
      if (isGone) return;
      leave = connect(user, applier(client, { onNotices: (fresh) => heard.current(fresh) }));
    })();
    return () => {
      isGone = true;
      leave?.();
    };
  }, [client, user]);
}
