import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation } from "react-router";
import type { Table } from "@/api/meta";
import { asView, savedViewsQuery } from "@/api/saved-views";
import { viewsOf } from "@/api/views";

const SAVED = "saved-";

type Props = { table: Table; render: (table: Table) => ReactNode };

/** Waits for the saved views where the address needs them. A bare address is sent to the view one has chosen. */
export function SavedViewsGate({ table, render }: Props) {
  const { t } = useTranslation();
  const { pathname, search, state } = useLocation();
  const { data, isPending } = useQuery(savedViewsQuery(table.key));
  const whole = useMemo(() => (data ? { ...table, saved: data.views.map(asView) } : table), [table, data]);
  const asked = new URLSearchParams(search).get("view");
  if (isPending && (search === "" || asked?.startsWith(SAVED))) {
    return <div className="list" role="status" aria-label={t("common.loading")} />;
  }
  const preset = data?.default;
  if (search === "" && preset && viewsOf(whole).some(({ key }) => key === preset)) {
    return <Navigate to={`${pathname}?view=${encodeURIComponent(preset)}`} replace state={state} />;
  }
  return render(whole);
}
