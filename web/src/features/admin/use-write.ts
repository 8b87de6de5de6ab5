import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { checklistsKey, metaKey } from "@/api/keys";
import { refreshRecords } from "@/api/records";
import { sentenceOf } from "@/api/sentence";

/** Everything the administration has read hangs below this key. */
export const adminKey = ["admin"] as const;

type Ways<Told> = {
  /** What is said when it is done. */
  said?: string;
  onDone?: (told: Told) => void | Promise<void>;
  /** There is no form to show the fault in: say it. */
  loud?: boolean;
};

/** A write of the administration. The whole app follows at once: metadata and lists are read anew before `onDone`. */
export function useWrite<Asked, Told>(write: (asked: Asked) => Promise<Told>, ways: Ways<Told> = {}) {
  const { message } = App.useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: async (told) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: adminKey }),
        client.invalidateQueries({ queryKey: metaKey }),
      ]);
      void refreshRecords(client);
      void client.invalidateQueries({ queryKey: checklistsKey });
      if (ways.said) message.success(ways.said);
      await ways.onDone?.(told);
    },
    onError: (error) => {
      if (ways.loud) message.error(sentenceOf(error));
    },
  });
}
