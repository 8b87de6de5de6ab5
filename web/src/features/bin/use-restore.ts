import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { type Acted, refreshRecords } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { restore } from "./api";

/** Takes records out of the bin and says what came of it. */
export function useRestore(table: Table, onDone: (acted: Acted) => void) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (ids: number[]) => restore(table.key, ids),
    onSuccess: (acted) => {
      const [first] = acted.refused;
      if (acted.done.length > 0) message.success(t("bin.restored", { n: number(acted.done.length) }));
      if (first) message.warning(t("bin.refused", { n: number(acted.refused.length), why: first.detail }));
      onDone(acted);
    },
    onError: (error) => void message.error(sentenceOf(error)),
    onSettled: () => refreshRecords(client),
  });
  return { restore: (ids: number[]) => mutate(ids), isPending };
}
