import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/saved-views";
import { Notice } from "@/ui/notice";

/** Says what of a view does not work any more, or not for me; who may edit it takes it out. */
export function SkippedNotice({ view, onTidy }: { view: SavedView; onTidy: () => void }) {
  const { t } = useTranslation();
  const { columns = 0, orders = 0, conditions = 0 } = view.skipped;
  const parts = [
    ...(conditions ? [t("views.skippedConditions", { count: conditions })] : []),
    ...(columns ? [t("views.skippedColumns", { count: columns })] : []),
    ...(orders ? [t("views.skippedOrders", { count: orders })] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <div className="view-skipped">
      <Notice tone="amber">
        {t("views.skipped", { parts: parts.join("、") })}{" "}
        {view.editable && (
          <Button size="small" type="link" onClick={onTidy}>
            {t("views.tidy")}
          </Button>
        )}
      </Notice>
    </div>
  );
}
