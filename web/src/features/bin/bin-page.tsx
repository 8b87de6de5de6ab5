import { LeftOutlined, SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { type Table, useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { TextBox } from "@/ui/text-box";
import { binQuery } from "./api";
import { BinTable } from "./bin-table";
import { useRestore } from "./use-restore";
import "./bin.css";

/** `/t/:table/bin`: what was deleted, and the way back. */
export function BinPage() {
  const { t } = useTranslation();
  const { table: key = "" } = useParams();
  const table = useMeta().table.get(key);
  if (!table?.rights.delete) return <Empty title={t("common.notFoundTitle")} hint={t("bin.noRight")} />;
  return <Bin key={key} table={table} />;
}

function Bin({ table }: { table: Table }) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get("search") ?? "";
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    binQuery(table, search),
  );
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const { restore, isPending } = useRestore(table, ({ refused }) => setPicked(new Set(refused.map(({ id }) => id))));
  const rows = data?.pages.flatMap(({ records }) => records) ?? [];
  const count = data?.pages[0]?.count ?? null;
  const name = label(table.label);
  return (
    <div className="bin">
      <header className="bin-head">
        <Link className="bin-back" to={`/t/${table.key}`} aria-label={t("bin.back", { table: name })}>
          <LeftOutlined aria-hidden />
        </Link>
        <h1>{t("bin.title", { table: name })}</h1>
        <span className="muted" aria-live="polite">
          {count !== null && t("bin.count", { n: number(count) })}
        </span>
        <TextBox
          className="bin-search"
          value={search}
          onSettled={(text) => setParameters(text ? { search: text } : {}, { replace: true })}
          placeholder={t("bin.search")}
          aria-label={t("bin.search")}
          prefix={<SearchOutlined aria-hidden />}
          allowClear
        />
      </header>
      {error && !data ? (
        <Empty tone="alarm" title={t("bin.failed")} hint={sentenceOf(error)}>
          <Button type="primary" onClick={() => void refetch()}>
            {t("common.retry")}
          </Button>
        </Empty>
      ) : count === 0 ? (
        <Empty title={search ? t("bin.nothingFound") : t("bin.empty")} hint={search ? "" : t("bin.emptyHint")} />
      ) : (
        <BinTable
          table={table}
          rows={rows}
          picked={picked}
          onPick={setPicked}
          onRestore={(id) => restore([id])}
          isRestoring={isPending}
        >
          {hasNextPage && (
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t("common.loadMore")}
            </Button>
          )}
        </BinTable>
      )}
      {picked.size > 0 && (
        <section className="bin-bar" aria-label={t("bin.picked", { n: number(picked.size) })}>
          <b>{t("bin.picked", { n: number(picked.size) })}</b>
          <Button type="primary" loading={isPending} onClick={() => restore([...picked])}>
            {t("bin.restore")}
          </Button>
          <Button type="text" onClick={() => setPicked(new Set())}>
            {t("common.clear")}
          </Button>
        </section>
      )}
    </div>
  );
}
