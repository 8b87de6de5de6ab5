import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { flowsKey } from "@/api/keys";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { cancelRuns, retryRuns } from "./api";

export type InHand = ReturnType<typeof useRunsInHand>;

/** Tries failed runs of a flow again, and calls runs off; null for those who may not. */
export function useRunsInHand(flow: number) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { user } = useMeta();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: async ({ act }: { act: () => Promise<number>; said: "flows.retried" | "flows.cancelled" }) => act(),
    onSuccess: (done, { said }) => {
      // Somebody else was quicker, or it went on by itself.
      if (done === 0) void message.info(t("flows.nothingLeft"));
      else void message.success(t(said, { count: number(done) as unknown as number }));
      return client.invalidateQueries({ queryKey: flowsKey });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  if (!user.is_administrator) return null;
  const retry = (which: Parameters<typeof retryRuns>[1]) =>
    mutate({ act: () => retryRuns(flow, which), said: "flows.retried" });
  const cancel = (which: Parameters<typeof cancelRuns>[1]) =>
    void modal.confirm({
      title: t("flows.cancelTitle"),
      content: t("flows.cancelHint"),
      okText: t("flows.cancel"),
      okButtonProps: { danger: true },
      cancelText: t("common.back"),
      onOk: () => mutate({ act: () => cancelRuns(flow, which), said: "flows.cancelled" }),
    });
  return { retry, cancel, isPending };
}
