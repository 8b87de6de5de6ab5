import { memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field, Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { late } from "@/ui/late";
import { FieldCell } from "@/widgets/field-cell";
import { placeOf, RecordPlaceContext } from "@/widgets/record-place";
import { isEditable } from "./use-cell";

const InlineEditor = late(async () => (await import("./inline-editor")).InlineEditor);

/** A click on a cell that can be changed waits this long for a second one before it opens the record. */
const DOUBLE_MS = 220;

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
  /** Key of the field whose cell the arrow keys stand on, */
  at: string | null;
  /** and of the one being changed. */
  editing: string | null;
  onOpen: (record: Rec, index: number) => void;
  onPick: (index: number, withShift: boolean) => void;
  onEdit: (index: number, field: string) => void;
  onEdited: (index: number, field: string, next: "forward" | "back" | null) => void;
};

/** One record, or the shape of one that is on its way. */
export const GridRow = memo(
  function GridRow(props: Props) {
    const { index, top, width, record, columns, table, isActive, isPicked, canPick, at, editing } = props;
    const { onOpen, onPick, onEdit, onEdited } = props;
    const { t } = useTranslation();
    const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
    const open = (event: React.MouseEvent) => {
      if (!record) return;
      const key = cellOf(event);
      clearTimeout(opening.current);
      if (!key) onOpen(record, index);
      // The second click of two has nothing to open any more.
      else if (event.detail === 1) opening.current = setTimeout(() => onOpen(record, index), DOUBLE_MS);
      else if (event.detail === 2) onEdit(index, key);
    };
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
        onClick={open}
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
            <GridCell
              key={column.field.key}
              column={column}
              record={record}
              table={table}
              place={place}
              isAt={at === column.field.key}
              isEditing={editing === column.field.key}
              onEdited={(next) => onEdited(index, column.field.key, next)}
            />
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
    was.canPick === is.canPick &&
    was.at === is.at &&
    was.editing === is.editing,
);

/** Key of the field whose cell was clicked, if it can be changed there. */
const cellOf = ({ target }: React.MouseEvent) =>
  (target as Element).closest("a, button")
    ? undefined
    : (target as Element).closest<HTMLElement>("[data-edit]")?.dataset.edit;

type CellProps = {
  column: Column;
  record: Rec | undefined;
  table: Table;
  place: number;
  isAt: boolean;
  isEditing: boolean;
  onEdited: (next: "forward" | "back" | null) => void;
};

function GridCell({ column, record, table, place, isAt, isEditing, onEdited }: CellProps) {
  const { field, width, align } = column;
  const look = `grid-cell${align === "right" ? " right" : ""}${place === 0 ? " first" : ""}${isAt ? " at" : ""}`;
  const isTitle = field.key === table.settings.title;
  return (
    <div
      className={look}
      role="gridcell"
      style={{ width }}
      {...(isEditable(table, column) ? { "data-edit": field.key } : {})}
    >
      {record && isEditing && (
        <InlineEditor
          table={table}
          record={record}
          field={field}
          onNext={(back) => onEdited(back ? "back" : "forward")}
          onClose={() => onEdited(null)}
        />
      )}
      {!record ? (
        <span className="bone" style={{ width: `${45 + ((place * 37) % 40)}%` }} />
      ) : isTitle ? (
        <Link
          to={`/t/${table.key}/${record.id}`}
          className="grid-title"
          tabIndex={-1}
          onClick={(event) => (event.metaKey || event.ctrlKey ? event.stopPropagation() : event.preventDefault())}
        >
          {titleOf(table, record)}
        </Link>
      ) : (
        <FieldCell value={record[field.key]} field={field} />
      )}
    </div>
  );
}
