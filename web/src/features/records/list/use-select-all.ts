import { useMutation } from "@tanstack/react-query";
import { App } from "antd";
import type { Table } from "@/api/meta";
import { type ListQuery, listRecords } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import type { Selection } from "./use-selection";

/** As many as one call of the API may name. */
const MOST = 1000;

/** Picks every record of the list, up to what one action can take. */
export function useSelectAll(table: Table, query: ListQuery, selection: Selection): () => void {
  const { message } = App.useApp();
  const { mutate } = useMutation({
    mutationFn: () => listRecords(table.key, { ...query, fields: ["id"], limit: MOST, count: "none" }),
    onSuccess: ({ records }) => selection.select(records.map(({ id }) => id)),
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return () => mutate();
}
