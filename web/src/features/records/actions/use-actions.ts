import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { type Act, type Acted, actOnRecords, deleteRecords, refreshRecords, type Verb } from "@/api/records";
import { sentenceOf } from "@/api/sentence";

export type Move = Exclude<Verb, "restore"> | "delete";

const DONE = {
  claim: "records.claimed",
  assign: "records.assigned",
  transfer: "records.transferred",
  return: "records.returned",
  delete: "records.deleted",
} as const;

async function move(table: string, verb: Move, act: Act): Promise<Acted> {
  if (verb !== "delete") return actOnRecords(table, verb, act);
  await deleteRecords(table, act.ids);
  return { done: act.ids, refused: [] };
}

/** Moves records between people and the pool, or into the recycle bin, and says what came of it. */
export function useMove(table: Table, onDone: (done: Acted) => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: ({ verb, act }: { verb: Move; act: Act }) => move(table.key, verb, act),
    onSuccess: async (acted, { verb }) => {
      const { done, refused } = acted;
      if (done.length > 0) message.success(t(DONE[verb], { count: done.length }));
      const [first] = refused;
      if (first) message.warning(t("records.refused", { count: refused.length, why: first.detail }));
      onDone(acted);
      await refreshRecords(client);
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return { move: (verb: Move, act: Act) => mutate({ verb, act }), isPending };
}
