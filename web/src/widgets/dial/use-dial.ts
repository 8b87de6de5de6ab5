import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { subjectOf } from "@/api/call-subject";
import {
  CALL,
  type Current,
  currentKey,
  type Dial,
  dial,
  isLive,
  owesWrapUp,
  showAsked,
  showNumbered,
  showRefused,
} from "@/api/calls";
import { type Meta, useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { askAttention } from "./attention";

/** A number to call, and the title of the record one looks at. */
export type Callee = Dial & { title: string; number: string };

/** Calls somebody: the screen shows it at once, the server decides. */
export function useDial(): (callee: Callee) => Promise<void> {
  const client = useQueryClient();
  const meta = useMeta();
  const { message } = App.useApp();
  const { t } = useTranslation();
  return useCallback(
    async ({ table, record, field, about, title, number }) => {
      const asked: Dial = { table, record, field, ...(about ? { about } : {}) };
      const now = client.getQueryData<Current>(currentKey)?.call;
      if (isLive(now)) return void message.info(t("phone.inCall"));
      if (now && owesWrapUp(now)) {
        askAttention();
        return void message.warning(t("phone.owed", { name: subjectOf(meta, now)?.title ?? "" }));
      }
      showAsked(client, linksOf(meta, asked, title), number);
      try {
        await showNumbered(client, await dial(asked));
      } catch (error) {
        message.error(sentenceOf(error));
        await showRefused(client);
      }
    },
    [client, meta, message, t],
  );
}

/** What the call will link to, as far as one knows before the server has said so. */
const linksOf = (meta: Meta, { table, record, about }: Dial, title: string) => ({
  [linkTo(meta, table)]: { id: record, title },
  ...(about ? { [linkTo(meta, about.table)]: { id: about.record, title } } : {}),
});

/** The field by which a call links to records of a table. */
const linkTo = (meta: Meta, table: string) =>
  meta.table.get(CALL)?.fields.find(({ refers }) => refers?.table === table)?.key ?? table;
