import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { callOf } from "@/api/call-subject";
import { CALL, currentQuery, endedKey, hangUp, isLive } from "@/api/calls";
import { useConnected } from "@/api/live/state";
import { useMeta } from "@/api/meta";
import { recordQuery } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useDrawnAhead } from "@/widgets/drawn-ahead";
import { type Line, lineOf } from "./line";

/** Without the live connection we ask ourselves: often in a call, seldom else. */
const IN_CALL_MS = 1_000;
const FREE_MS = 20_000;

const FREE: Line = { phase: "free" };

/** My telephone line, and what can be done with it. */
export function useLine() {
  const client = useQueryClient();
  const meta = useMeta();
  const { message } = App.useApp();
  const isConnected = useConnected();
  const { data: current } = useQuery({
    ...currentQuery(client),
    refetchInterval: ({ state }) => (isConnected ? false : isLive(state.data?.call) ? IN_CALL_MS : FREE_MS),
  });
  const { data: ended } = useQuery<number | null>({
    queryKey: endedKey,
    queryFn: () => null,
    enabled: false,
    initialData: null,
  });
  const { data: gone } = useQuery({ ...recordQuery(CALL, ended ?? 0), enabled: ended !== null });
  const { mutate, isPending } = useMutation({
    mutationFn: hangUp,
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const isAhead = useDrawnAhead();
  const line: Line = isAhead ? FREE : lineOf(current?.call ?? null, ended !== null && gone ? callOf(meta, gone) : null);
  return {
    line,
    draft: current?.draft ?? null,
    rules: current?.wrap_up ?? null,
    isHangingUp: isPending,
    hangUp: () => {
      // Before the server has numbered the call there is nothing to name; that takes a blink.
      if (line.phase === "live" && line.call.id > 0) mutate(line.call.id);
    },
    dismiss: () => client.setQueryData(endedKey, null),
  };
}

export type LineInHand = ReturnType<typeof useLine>;
