import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { changeSetsQuery } from "@/api/change-sets";
import { sentenceOf } from "@/api/sentence";
import { Empty } from "@/ui/empty";
import { ChangeLine } from "./change-line";
import "./changes.css";

/** `/changes`: what I changed in bulk, each as one thing that can be taken back. */
export function ChangesPage() {
  const { t } = useTranslation();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(changeSetsQuery);
  const sets = data?.pages.flatMap(({ change_sets }) => change_sets) ?? [];
  return (
    <div className="changes">
      <header className="changes-head">
        <h1>{t("changes.title")}</h1>
      </header>
      <div className="changes-body">
        {error && !data && (
          <Empty tone="alarm" title={t("changes.failed")} hint={sentenceOf(error)}>
            <Button type="primary" onClick={() => void refetch()}>
              {t("common.retry")}
            </Button>
          </Empty>
        )}
        {data && sets.length === 0 && <Empty title={t("changes.none")} hint={t("changes.noneHint")} />}
        {sets.length > 0 && (
          <ol className="card">
            {sets.map((set) => (
              <li key={set.id}>
                <ChangeLine set={set} />
              </li>
            ))}
          </ol>
        )}
        {hasNextPage && (
          <div className="changes-more">
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t("common.loadMore")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
