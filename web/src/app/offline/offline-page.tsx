import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { draftsKept } from "@/lib/drafts";
import { Mark } from "@/ui/mark";
import { useIsOnline } from "@/ui/use-is-online";
import { useWayBack } from "./use-way-back";
import "../splash.css";

/** Nothing can be asked and nothing is known: that there is no connection, what is safe, and what one can do. */
export function OfflinePage({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  const isOnline = useIsOnline();
  const kept = draftsKept();
  useWayBack(onRetry);
  return (
    <main className="problem" role="alert">
      <Mark size={40} />
      <h1>{t(isOnline ? "offline.noServer" : "offline.title")}</h1>
      <p>{t(isOnline ? "offline.noServerHint" : "offline.hint")}</p>
      <ul className="problem-kept">
        <li>{kept > 0 ? t("offline.drafts", { count: kept }) : t("offline.noDrafts")}</li>
        <li>{t("offline.notKept")}</li>
      </ul>
      <div className="problem-acts">
        <Button type="primary" size="large" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      </div>
    </main>
  );
}
