import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { savedViewsQuery } from "@/api/saved-views";
import { type Shown, viewOf } from "@/api/views";
import { allOf, treeFrom } from "@/lib/filter-tree";
import type { ListState } from "@/lib/list-url";
import { SkippedNotice } from "./skipped-notice";
import { useViewActions } from "./use-view-actions";
import { ViewMenu } from "./view-menu";
import { ViewTabs } from "./view-tabs";
import "./views.css";
import { late } from "@/ui/late";

const ViewDialog = late(async () => (await import("./view-dialog")).ViewDialog);

type Props = {
  table: Table;
  state: ListState;
  shown: Shown;
  onChange: (changed: Partial<ListState>, how?: { replace: boolean }) => void;
};

const AS_SAVED = { filter: null, sort: null, columns: null };

/** The views as tabs, and what can be done with how the list looks now. */
export function ViewBar({ table, state, shown, onChange }: Props) {
  const { t } = useTranslation();
  const active = viewOf(table, state.view);
  const { data } = useQuery(savedViewsQuery(table.key));
  const saved = data?.views.find(({ key }) => key === active.key) ?? null;
  const [asking, setAsking] = useState<"new" | "edit" | null>(null);
  const actions = useViewActions(table, (key) => onChange({ view: key, ...AS_SAVED }, { replace: true }));
  const isChanged = state.filter !== null || state.sort !== null || state.columns !== null;
  const look = {
    filter: allOf(treeFrom(active.filter), state.filter),
    sort: shown.sort,
    columns: state.columns || active.columns ? shown.columns : [],
  };
  return (
    <>
      <div className="view-bar">
        <ViewTabs table={table} active={active.key} preset={data?.default ?? null} onChange={onChange} />
        {isChanged && (
          <span className="view-changed">
            {saved?.editable ? (
              <Button
                type="text"
                size="small"
                loading={actions.isPending}
                onClick={() => actions.change({ view: saved, change: look })}
              >
                {t("views.update")}
              </Button>
            ) : (
              <Button type="text" size="small" onClick={() => setAsking("new")}>
                {t("views.save")}
              </Button>
            )}
            <Button type="text" size="small" onClick={() => onChange(AS_SAVED)}>
              {t("views.reset")}
            </Button>
          </span>
        )}
        <ViewMenu
          active={active.key}
          preset={data?.default ?? null}
          saved={saved}
          onNew={() => setAsking("new")}
          onEdit={() => setAsking("edit")}
          actions={actions}
        />
      </div>
      {saved && <SkippedNotice view={saved} onTidy={() => actions.change({ view: saved, change: look })} />}
      {asking && data && (
        <ViewDialog
          table={table}
          view={asking === "edit" ? saved : null}
          look={look}
          may={data.may_share}
          isPending={actions.isPending}
          onSave={(next) =>
            asking === "edit" && saved
              ? actions.change({ view: saved, change: next }, () => setAsking(null))
              : actions.create(next, () => setAsking(null))
          }
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
