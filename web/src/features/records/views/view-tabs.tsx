import { PushpinFilled, TeamOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import { savedViewsQuery } from "@/api/saved-views";
import { useLanguage } from "@/api/use-format";
import { viewsOf } from "@/api/views";
import type { ListState } from "@/lib/list-url";

type Props = {
  table: Table;
  active: string;
  /** The view the list opens with. */
  preset: string | null;
  onChange: (changed: Partial<ListState>) => void;
};

/** Views as tabs. Another view begins afresh, but what is searched for stays. */
export function ViewTabs({ table, active, preset, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { user, person } = useMeta();
  const { data } = useQuery(savedViewsQuery(table.key));
  const tabs = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another place to scroll to
  useEffect(() => {
    tabs.current?.querySelector(".on")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active]);
  const choose = (view: string) => onChange({ view, filter: null, sort: null, columns: null });
  return (
    <div className="view-tabs" role="tablist" aria-label={t("records.views")} ref={tabs}>
      {viewsOf(table).map(({ key, label }) => {
        const others = data?.views.find((view) => view.key === key && view.owner !== user.id);
        const by = others && t("views.by", { name: person.get(others.owner)?.name ?? "" });
        return (
          <button
            key={key}
            type="button"
            role="tab"
            aria-selected={key === active}
            className={key === active ? "view-tab on" : "view-tab"}
            title={by}
            onClick={() => choose(key)}
          >
            {label[language]}
            {others && <TeamOutlined aria-hidden />}
            {key === preset && <PushpinFilled aria-label={t("views.isDefault")} />}
          </button>
        );
      })}
    </div>
  );
}
