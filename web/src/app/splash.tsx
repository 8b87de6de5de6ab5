import { useTranslation } from "react-i18next";
import { Mark } from "@/ui/mark";
import "./splash.css";

/** What stands on the screen while the first answers are on their way. */
export function Splash() {
  const { t } = useTranslation();
  return (
    <div className="splash" role="status" aria-label={t("common.loading")}>
      <Mark size={44} />
    </div>
  );
}
