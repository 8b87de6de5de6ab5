import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { address } from "@/api/client";
import { startExport } from "@/api/exports";
import type { Table } from "@/api/meta";
import { listParameters } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import type { Shown } from "@/api/views";
import { download } from "@/lib/download";

/** Up to so many records the file is there before anybody could look at its progress. */
const AT_ONCE = 2_000;

/** Takes what the list shows out as a file: a short one at once, a long one in the background. */
export function useExport(table: Table, shown: Shown, count: number | null) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return async (format: "xlsx" | "csv") => {
    const { filter, sort, search, fields } = listParameters({ ...shown, fields: shown.columns });
    const asked = { filter, sort, search, fields, format };
    if (count !== null && count <= AT_ONCE) return download(address(`/tables/${table.key}/export`, asked));
    try {
      await startExport(client, table.key, asked);
    } catch (error) {
      message.error(sentenceOf(error));
    }
  };
}
