import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { subjectOf } from "@/api/call-subject";
import { currentQuery, isLive } from "@/api/calls";
import { useMeta } from "@/api/meta";

/** Whom I am on the line with, or owe a wrap-up, and what is going on with him in a word. */
export function useOnLine() {
  const { t } = useTranslation();
  const meta = useMeta();
  const { data: current } = useQuery({ ...currentQuery(useQueryClient()), enabled: false });
  const call = current?.call;
  const subject = call && subjectOf(meta, call);
  if (!call || !subject) return null;
  const words = !isLive(call)
    ? t("today.onLine.owed")
    : call.state === "talking"
      ? t("today.onLine.talking")
      : t("today.onLine.ringing");
  return { subject, words };
}
