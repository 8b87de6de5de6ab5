import { Button } from "antd";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router";
import { mayCreate, type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { shownBy } from "@/api/views";
import { ordersOf, sortText, toggled } from "@/lib/sort";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { useKeys } from "@/ui/use-keys";
import { stageOf } from "../board/stage-of";
import { RecordForm } from "../form/record-form";
import { PrintedList } from "../print/printed-list";
import { usePrintList } from "../print/use-print-list";
import { recordAddress } from "../record/whereabouts";
import { SavedViewsGate } from "../views/saved-views-gate";
import { ViewBar } from "../views/view-bar";
import { BulkBar } from "./bulk-bar";
import { Cards } from "./cards";
import { Grid } from "./grid";
import { ListHeader } from "./list-header";
import { ListNothing } from "./list-nothing";
import { useListSource } from "./use-list-source";
import { useListState } from "./use-list-state";
import { useSelectAll } from "./use-select-all";
import { useSelection } from "./use-selection";
import "./list.css";

/** `/t/:table`: the records of one table. */
export function ListPage() {
  const { t } = useTranslation();
  const { table: key = "" } = useParams();
  const table = useMeta().table.get(key);
  if (!table) return <Empty title={t("common.notFoundTitle")} hint={t("records.noTable")} />;
  return <SavedViewsGate key={key} table={table} render={(whole) => <List table={whole} />} />;
}

const Board = lazy(async () => ({ default: (await import("../board/board")).Board }));

/** Whether a row can be picked at all: only when there is something to do with it. */
const canAct = ({ rights }: Table) =>
  Boolean(rights.update || rights.claim || rights.assign || rights.transfer || rights.return || rights.delete);

function List({ table }: { table: Table }) {
  const isPhone = useIsPhone();
  const [state, change] = useListState();
  const shown = useShown(table, state);
  const source = useListSource(table, shown);
  const selection = useSelection();
  const [isNew, setNew] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const open = useOpen(table, source.query, source.count);
  const { key: place, state: asked } = useLocation();
  // Whoever came here to make a new one, from the palette, finds its form open.
  useEffect(() => setNew((before) => before || (asked as { create?: boolean } | null)?.create === true), [asked]);
  const print = usePrintList(table.key, source.query, source.count);
  const selectAll = useSelectAll(table, source.query, selection);

  useKeys({
    "/": () => search.current?.focus(),
    ...(mayCreate(table) ? { n: () => setNew(true) } : {}),
    j: () => document.querySelector<HTMLElement>(".grid")?.focus(),
    ArrowDown: () => document.querySelector<HTMLElement>(".grid")?.focus(),
  });

  const stage = stageOf(table);
  const body =
    stage && state.look === "board" ? (
      <Suspense>
        <Board table={table} stage={stage} query={source.query} columns={shown.columns} />
      </Suspense>
    ) : isPhone ? (
      <Cards table={table} columns={shown.columns} source={source} place={place} onOpen={open} />
    ) : (
      <Grid
        table={table}
        shown={shown}
        source={source}
        selection={canAct(table) ? selection : null}
        place={place}
        onOpen={open}
        onSort={(field) => change({ sort: sortText(toggled(ordersOf(shown.sort), field)) })}
        onSelectAll={selectAll}
      />
    );
  return (
    <div className="list">
      <ListHeader
        table={table}
        state={state}
        shown={shown}
        count={source.count}
        isCounting={source.isCounting}
        search={search}
        onChange={change}
        onNew={() => setNew(true)}
        onPrint={print}
      />
      <ViewBar table={table} state={state} shown={shown} onChange={change} />
      {source.error ? (
        <ListError error={source.error} onRetry={source.retry} />
      ) : source.length === 0 ? (
        <ListNothing table={table} state={state} onChange={change} onNew={() => setNew(true)} />
      ) : (
        body
      )}
      <BulkBar table={table} selection={selection} shown={shown} count={source.count} />
      <PrintedList table={table} shown={shown} source={source} />
      {isNew && <RecordForm table={table} record={null} onClose={() => setNew(false)} />}
    </div>
  );
}

function ListError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Empty tone="alarm" title={t("records.listFailed")} hint={sentenceOf(error)}>
      <Button type="primary" onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </Empty>
  );
}

/** The same object as long as nothing of it changes, so that rows are not redrawn for nothing. */
function useShown(table: Table, state: Parameters<typeof shownBy>[1]) {
  const next = shownBy(table, state);
  const kept = useRef(next);
  if (JSON.stringify(kept.current) !== JSON.stringify(next)) kept.current = next;
  return kept.current;
}

/** Opens a record and lets its page know which list it came from. */
function useOpen(table: Table, query: ReturnType<typeof useListSource>["query"], count: number | null) {
  const navigate = useNavigate();
  const location = useLocation();
  const { label } = useFormat();
  return useCallback(
    (record: Rec, index: number) =>
      navigate(recordAddress(table.key, record.id), {
        state: {
          list: { address: location.pathname + location.search, name: label(table.label), query, at: index, of: count },
        },
      }),
    [navigate, table, query, count, location.pathname, location.search, label],
  );
}
