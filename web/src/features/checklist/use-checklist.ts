import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useEffect, useState } from "react";
import { type Checklist, checklistQuery, dismissChecklist } from "@/api/checklists";
import { checklistsKey, metaKey } from "@/api/keys";
import { onChanges } from "@/api/live/changed";
import { sentenceOf } from "@/api/sentence";
import { store, stored } from "@/lib/stored";
import { z } from "@/lib/zod";

/** An import writes hundreds of records in a row; one look after each handful is enough. */
const TOGETHER_MS = 400;

/** The steps, asked anew whenever records change while there is something left to do. */
export function useSteps(key: string): Checklist | undefined {
  const client = useQueryClient();
  const { data } = useQuery(checklistQuery(key));
  const isLeft = data?.steps.some(({ done }) => !done) ?? false;
  useEffect(() => {
    if (!isLeft) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      timer = undefined;
      void client.invalidateQueries({ queryKey: checklistsKey });
    };
    const stop = onChanges(() => {
      timer ??= setTimeout(ask, TOGETHER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, isLeft]);
  return data;
}

/**
 * Whether it is folded. Where one begins this browser remembers; on another page (`elsewhere`, its address) it is,
 * until one unfolds it there.
 */
export function useFolded(key: string, elsewhere: string | null): [boolean, (folded: boolean) => void] {
  const place = `tuoke.checklist.${key}`;
  const [folded, setFolded] = useState(() => stored(place, z.boolean()) ?? false);
  const [unfoldedAt, setUnfoldedAt] = useState<string | null>(null);
  const fold = (next: boolean) => {
    setUnfoldedAt(next ? null : elsewhere);
    if (!next && elsewhere !== null) return;
    setFolded(next);
    store(place, next);
  };
  return [elsewhere === null ? folded : unfoldedAt !== elsewhere, fold];
}

/** Puts the list away for good, or brings it back: kept for the person, not for the browser. */
export function useDismiss(key: string, onDone: () => void) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { mutate } = useMutation({
    mutationFn: dismissChecklist,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: metaKey });
      onDone();
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return (dismissed: boolean) => mutate({ key, dismissed });
}
