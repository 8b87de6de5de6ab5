import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Mark } from "@/ui/mark";
import { useIsPrinting } from "@/ui/use-is-printing";
import "./print.css";

/** On paper, over everything: whose it is, who printed it and when, for a sheet has no address bar. */
export function PrintHead() {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const { user, workspace } = useMeta();
  if (!useIsPrinting()) return null;
  return (
    <div className="print-head">
      <Mark size={18} />
      <b>{workspace.name}</b>
      <span>{t("app.printed", { name: user.name, time: dateTime(new Date().toISOString()) })}</span>
    </div>
  );
}
