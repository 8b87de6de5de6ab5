import { DisconnectOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useIsOnline } from "@/ui/use-is-online";
import "./offline-bar.css";

/** Over every page while the network is away: what is on the screen may be old, and what becomes of what one writes. */
export function OfflineBar() {
  const { t } = useTranslation();
  if (useIsOnline()) return null;
  return (
    <div className="offline-bar" role="status">
      <DisconnectOutlined aria-hidden /> {t("offline.bar")}
    </div>
  );
}
