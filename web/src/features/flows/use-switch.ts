import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import type { Flow } from "@/api/flow-runs";
import { flowsKey } from "@/api/keys";
import { sentenceOf } from "@/api/sentence";
import { switchFlow } from "./api";

/** Switches a flow on or off for new records, and says what that means for those under way. */
export function useSwitch(flow: Flow) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (active: boolean) => switchFlow(flow.id, active),
    onSuccess: (_, active) => {
      void message.success(t(active ? "flows.switchedOn" : "flows.switchedOff"));
      return client.invalidateQueries({ queryKey: flowsKey });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return { switchTo: mutate, isPending };
}
