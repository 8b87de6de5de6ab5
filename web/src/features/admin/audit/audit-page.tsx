import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { auditQuery } from "./api";
import { AuditFilters } from "./audit-filters";
import { AuditList } from "./audit-list";
import { momentsOf } from "./span";
import { useAuditState } from "./use-audit-state";
import "./audit.css";

/** `/admin/audit`: who did what, when and from where. */
export function AuditPage() {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const { state, change } = useAuditState();
  const { user, kind, span, from, to } = state;
  // Asked anew by the filters only: a span that moved with every drawing would never come to rest.
  const wanted = useMemo(
    () => ({
      ...(user === null ? {} : { user }),
      ...(kind === null ? {} : { action: kind }),
      ...momentsOf(span, { from, to }, new Date(), zone),
    }),
    [user, kind, span, from, to, zone],
  );
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    auditQuery(wanted),
  );
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="admin-body">
      <div className="admin-title">
        <h2>{t("audit.title")}</h2>
        <span className="muted">{t("audit.hint")}</span>
      </div>
      <AuditFilters state={state} onChange={change} />
      {error ? (
        <Empty tone="alarm" title={t("admin.failed")} hint={sentenceOf(error)}>
          <Button onClick={() => void refetch()}>{t("common.retry")}</Button>
        </Empty>
      ) : isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} title={false} />
      ) : entries.length === 0 ? (
        <Empty title={t("audit.emptyTitle")} hint={t("audit.emptyHint")} />
      ) : (
        <AuditList entries={entries} />
      )}
      {hasNextPage && (
        <div className="audit-more">
          <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </div>
  );
}
