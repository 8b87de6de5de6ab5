import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Draft, saveDraft } from "@/api/calls";
import { callsKey } from "@/api/keys";

const SETTLED_MS = 600;

/** When the draft was last kept; null before, or that it could not be. */
export type Kept = { at: Date } | { failed: true } | null;

/**
 * What is typed of a wrap-up. It outlives the screen (the telephone may move to another place of the app) and, kept by
 * the server a moment after each change, the browser too.
 */
export function useDraft(call: number, begin: () => Draft) {
  const client = useQueryClient();
  const key = [...callsKey, "typed", call];
  const [draft, setDraft] = useState<Draft>(() => client.getQueryData<Draft>(key) ?? begin());
  const [kept, setKept] = useState<Kept>(null);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; draft: Draft } | null>(null);
  const sending = useRef<Promise<unknown>>(Promise.resolve());

  const send = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    const next = waiting.current.draft;
    waiting.current = null;
    sending.current = sending.current.then(() =>
      saveDraft(call, next).then(
        () => setKept({ at: new Date() }),
        () => setKept({ failed: true }),
      ),
    );
  }, [call]);

  useEffect(() => {
    window.addEventListener("pagehide", send);
    return () => {
      window.removeEventListener("pagehide", send);
      send();
    };
  }, [send]);

  const change = (next: Draft) => {
    setDraft(next);
    client.setQueryData(key, next);
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = { draft: next, timer: setTimeout(send, SETTLED_MS) };
  };
  /** Nothing more will be kept, and nothing is on its way: a draft must not arrive behind the wrap-up itself. */
  const settle = async () => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
    await sending.current;
  };
  return { draft, change, kept, settle, forget: () => client.removeQueries({ queryKey: key }) };
}
