import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import type { Shown } from "@/api/views";
import { scrollHeight } from "@/lib/visible-rows";
import { isComposing } from "@/ui/use-composing";
import { widgets } from "@/widgets/registry";
import { GridHead } from "./grid-head";
import { type Column, GridRow, PICK_WIDTH, ROW_HEIGHT } from "./grid-row";
import { useCell } from "./use-cell";
import type { ListSource } from "./use-list-source";
import type { Selection } from "./use-selection";
import { useVisible } from "./use-visible";
import { useWidths } from "./use-widths";
import "./grid.css";

const DEFAULT_WIDTH = 140;

type Props = {
  table: Table;
  shown: Shown;
  source: ListSource;
  selection: Selection | null;
  place: string;
  onOpen: (record: Rec, index: number) => void;
  onSort: (field: string) => void;
  onSelectAll: () => void;
};

/** The list on a wide screen: rows of equal height, of which only those in sight exist. */
export function Grid({ table, shown, source, selection, place, onOpen, onSort, onSelectAll }: Props) {
  const { t } = useTranslation();
  const count = source.length ?? 0;
  const [active, setActive] = useState<number | null>(null);
  const [widths, setWidth] = useWidths(table.key);
  const columns = useColumns(table, shown.columns, widths);
  const { box, visible, onScroll, reveal, pageRows } = useVisible({ count, rowHeight: ROW_HEIGHT, place });
  const { rowAt, look } = source;
  useEffect(() => look(visible), [look, visible]);

  const move = (to: number) => {
    const index = Math.max(0, Math.min(count - 1, to));
    setActive(index);
    reveal(index);
  };
  const [at, setAt] = useState<string | null>(null);
  const { cell, begin, next, end } = useCell(table, columns, count, move);
  const step = (by: number) => {
    const place = columns.findIndex(({ field }) => field.key === at);
    setAt(columns[Math.max(0, Math.min(columns.length - 1, place < 0 ? 0 : place + by))]?.field.key ?? null);
  };
  const edited = (index: number, field: string, way: "forward" | "back" | null) => {
    if (way) return next({ index, field }, way === "back");
    end();
    setAt(field);
    box.current?.focus();
  };
  const pick = (index: number, withShift: boolean) => {
    const record = rowAt(index);
    const between = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, step) => rowAt(from + step)?.id).filter((id) => id !== undefined);
    if (record) selection?.toggle(index, record.id, withShift ? between : undefined);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || isComposing(event) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const row = active ?? -1;
    const acts: Record<string, () => void> = {
      ArrowDown: () => move(row + 1),
      j: () => move(row + 1),
      ArrowUp: () => move(row - 1),
      k: () => move(row - 1),
      PageDown: () => move(row + pageRows),
      PageUp: () => move(row - pageRows),
      Home: () => move(0),
      End: () => move(count - 1),
      ArrowRight: () => step(1),
      ArrowLeft: () => step(-1),
      F2: () => row >= 0 && begin(row, at ?? undefined),
      Enter: () => {
        const record = rowAt(row);
        // On a cell it changes the cell; on the row as a whole it opens the record.
        if (record && !(at !== null && begin(row, at))) onOpen(record, row);
      },
      " ": () => row >= 0 && pick(row, event.shiftKey),
      Escape: () => (at === null ? selection?.clear() : setAt(null)),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const width = PICK_WIDTH + columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div
      ref={box}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={t("records.keyboard")}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-multiselectable={selection !== null}
      aria-activedescendant={active === null ? undefined : `row-${active}`}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <GridHead
        columns={columns}
        sort={shown.sort}
        width={width}
        picked={selection ? selection.ids.size : null}
        onSort={onSort}
        onWidth={setWidth}
        onSelectAll={onSelectAll}
        onClear={() => selection?.clear()}
      />
      <div
        className="grid-body"
        role="presentation"
        style={{ height: scrollHeight({ count, rowHeight: ROW_HEIGHT, viewport: 0 }), width }}
      >
        {Array.from({ length: visible.end - visible.first }, (_, step) => {
          const index = visible.first + step;
          const record = rowAt(index);
          return (
            <GridRow
              key={index}
              index={index}
              top={visible.top + step * ROW_HEIGHT}
              width={width}
              record={record}
              columns={columns}
              table={table}
              isActive={index === active}
              isPicked={record !== undefined && selection?.ids.has(record.id) === true}
              canPick={selection !== null}
              at={index === active ? at : null}
              editing={cell?.index === index ? cell.field : null}
              onOpen={onOpen}
              onPick={pick}
              onEdit={(row, field) => {
                setActive(row);
                begin(row, field);
              }}
              onEdited={edited}
            />
          );
        })}
      </div>
    </div>
  );
}

function useColumns(table: Table, keys: readonly string[], widths: Record<string, number>): Column[] {
  return useMemo(
    () =>
      keys.flatMap((key) => {
        const field = table.byKey.get(key);
        const widget = field && widgets.get(field.widget);
        if (!field) return [];
        return [{ field, width: widths[key] ?? widget?.width ?? DEFAULT_WIDTH, align: widget?.align }];
      }),
    [table, keys, widths],
  );
}
