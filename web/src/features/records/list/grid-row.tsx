import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field, Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { placeOf, RecordPlaceContext } from "@/widgets/record-place";

export const ROW_HEIGHT = 36;
export const PICK_WIDTH = 44;

export type Column = { field: Field; width: number; align: "right" | undefined };

type Props = {
  index: number;
  top: number;
  width: number;
  record: Rec | undefined;
  columns: readonly Column[];
  table: Table;
  isActive: boolean;
  isPicked: boolean;
  canPick: boolean;
  onOpen: (record: Rec, index: number) => void;
  onPick: (index: number, withShift: boolean) => void;
};

/** One record, or the shape of one that is on its way. */
export const GridRow = memo(
  function GridRow({ index, top, width, record, columns, table, isActive, isPicked, canPick, onOpen, onPick }: Props) {
    const { t } = useTranslation();
    const look = `grid-row${isActive ? " active" : ""}${isPicked ? " picked" : ""}`;
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the grid, which has the focus
      <div
        id={`row-${index}`}
        className={look}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={canPick ? isPicked : undefined}
        style={{ top, width }}
        onClick={() => record && onOpen(record, index)}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: Space in the grid does the same */}
        <div
          className="grid-pick"
          role="gridcell"
          onClick={(event) => {
            event.stopPropagation();
            if (canPick) onPick(index, event.shiftKey);
          }}
        >
          {canPick ? (
            <input type="checkbox" checked={isPicked} readOnly tabIndex={-1} aria-label={t("records.selectRow")} />
          ) : (
            <span className="grid-number">{index + 1}</span>
          )}
        </div>
        <RecordPlaceContext value={record ? placeOf(table, record) : null}>
          {columns.map((column, place) => (
            <GridCell key={column.field.key} column={column} record={record} table={table} place={place} />
          ))}
        </RecordPlaceContext>
      </div>
    );
  },
  // The handlers close over nothing that a row shows; comparing them would redraw every row on every scroll.
  (was, is) =>
    was.record === is.record &&
    was.top === is.top &&
    was.width === is.width &&
    was.columns === is.columns &&
    was.isActive === is.isActive &&
    was.isPicked === is.isPicked &&
    was.canPick === is.canPick,
);

type CellProps = { column: Column; record: Rec | undefined; table: Table; place: number };

function GridCell({ column: { field, width, align }, record, table, place }: CellProps) {
  const look = `grid-cell${align === "right" ? " right" : ""}${place === 0 ? " first" : ""}`;
  const isTitle = field.key === table.settings.title;
  return (
    <div className={look} role="gridcell" style={{ width }}>
      {!record ? (
        <span className="bone" style={{ width: `${45 + ((place * 37) % 40)}%` }} />
      ) : isTitle ? (
        <Link
          to={`/t/${table.key}/${record.id}`}
          className="grid-title"
          tabIndex={-1}
          onClick={(event) => (event.metaKey || event.ctrlKey ? event.stopPropagation() : event.preventDefault())}
        >
          {textOf(record[field.key]) || `#${record.id}`}
        </Link>
      ) : (
        <FieldCell value={record[field.key]} field={field} />
      )}
    </div>
  );
}
