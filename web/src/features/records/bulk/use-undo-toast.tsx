import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { changeSetsKey, startUndo } from "@/api/change-sets";
import { faultOf, isOver, jobQuery } from "@/api/jobs";
import { refreshRecords } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { undoneFrom } from "@/widgets/undo/undone";

const SHOWN_S = 12;
const ASK_AGAIN_MS = 300;

/** Says what a bulk edit did, with the way back beside it. */
export function useUndoToast() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();

  const undo = async (set: number, key: string) => {
    message.open({ key, type: "loading", content: t("undo.running"), duration: 0 });
    try {
      const id = await startUndo(set);
      let job = await client.fetchQuery(jobQuery(id));
      while (!isOver(job)) {
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
        job = await client.fetchQuery(jobQuery(id));
      }
      const why = faultOf(job);
      if (why) throw new Error(why);
      const { undone, conflict_count } = undoneFrom(job.result);
      const left = conflict_count > 0;
      message.open({
        key,
        type: left ? "warning" : "success",
        duration: SHOWN_S,
        content: (
          <>
            {t("undo.done", { n: undone })}
            {left && (
              <Button type="link" size="small" onClick={() => navigate("/changes")}>
                {t("bulk.conflicts", { count: conflict_count })}
              </Button>
            )}
          </>
        ),
      });
    } catch (error) {
      message.open({
        key,
        type: "error",
        content: error instanceof Error && !("status" in error) ? error.message : sentenceOf(error),
      });
    }
    await Promise.all([refreshRecords(client), client.invalidateQueries({ queryKey: changeSetsKey })]);
  };

  return (count: number, set: number | null) => {
    if (set === null) {
      message.info(t("bulk.nothing"));
      return;
    }
    const key = `bulk ${set}`;
    message.open({
      key,
      type: "success",
      duration: SHOWN_S,
      content: (
        <>
          {t("bulk.done", { count })}
          <Button type="link" size="small" onClick={() => void undo(set, key)}>
            {t("undo.start")}
          </Button>
        </>
      ),
    });
  };
}
