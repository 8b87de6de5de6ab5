import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { useLanguage } from "@/api/use-format";
import { viewsOf } from "@/api/views";
import type { ListState } from "@/lib/list-url";

type Props = { table: Table; active: string; onChange: (changed: Partial<ListState>) => void };

/** Saved views as tabs. Another view begins afresh, but what is searched for stays. */
export function ViewTabs({ table, active, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const choose = (view: string) => onChange({ view, filter: null, sort: null, columns: null });
  return (
    <div className="view-tabs" role="tablist" aria-label={t("records.views")}>
      {viewsOf(table).map(({ key, label }) => (
        <button
          key={key}
          type="button"
          role="tab"
          aria-selected={key === active}
          className={key === active ? "view-tab on" : "view-tab"}
          onClick={() => choose(key)}
        >
          {label[language]}
        </button>
      ))}
    </div>
  );
}
