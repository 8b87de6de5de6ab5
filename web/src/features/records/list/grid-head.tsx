import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { ordersOf } from "@/lib/sort";
import type { Column } from "./grid-row";

type Props = {
  columns: readonly Column[];
  sort: string;
  width: number;
  picked: number | null;
  onSort: (field: string) => void;
  onWidth: (field: string, width: number) => void;
  onSelectAll: () => void;
  onClear: () => void;
};

/** Whether a list can be ordered by this field. */
export const isSortable = (field: Field) =>
  (!field.refers || field.refers.table.startsWith("@")) && field.operators.some(({ op }) => op === "eq");

export function GridHead({ columns, sort, width, picked, onSort, onWidth, onSelectAll, onClear }: Props) {
  const { t } = useTranslation();
  const orders = ordersOf(sort);
  return (
    <div className="grid-head" role="row" aria-rowindex={1} style={{ width }}>
      <div className="grid-pick" role="columnheader" aria-label={t("common.select")}>
        {picked !== null && (
          <input
            type="checkbox"
            ref={(box) => {
              if (box) box.indeterminate = picked > 0;
            }}
            checked={false}
            onChange={picked > 0 ? onClear : onSelectAll}
            aria-label={t("records.selectAll")}
          />
        )}
      </div>
      {columns.map((column, place) => (
        <HeadCell
          key={column.field.key}
          column={column}
          isFirst={place === 0}
          descending={orders.find((order) => order.field === column.field.key)?.descending ?? null}
          onSort={onSort}
          onWidth={onWidth}
        />
      ))}
    </div>
  );
}

type CellProps = {
  column: Column;
  isFirst: boolean;
  /** Null when the list is not ordered by it. */
  descending: boolean | null;
  onSort: (field: string) => void;
  onWidth: (field: string, width: number) => void;
};

function HeadCell({ column: { field, width, align }, isFirst, descending, onSort, onWidth }: CellProps) {
  const { label } = useFormat();
  const sorted = descending === null ? undefined : descending ? "descending" : "ascending";
  const name = label(field.label);
  return (
    <div
      className={`grid-cell${align === "right" ? " right" : ""}${isFirst ? " first" : ""}`}
      role="columnheader"
      aria-sort={sorted}
      style={{ width }}
    >
      {isSortable(field) ? (
        <button type="button" onClick={() => onSort(field.key)} title={name}>
          <span className="ellipsis">{name}</span>
          {descending !== null && (descending ? <ArrowDownOutlined aria-hidden /> : <ArrowUpOutlined aria-hidden />)}
        </button>
      ) : (
        <span className="grid-name ellipsis" title={name}>
          {name}
        </span>
      )}
      <Handle name={name} width={width} onWidth={(next) => onWidth(field.key, next)} />
    </div>
  );
}

const KEY_STEP = 16;

type HandleProps = { name: string; width: number; onWidth: (width: number) => void };

/** The edge of a column: dragged, or moved with the arrow keys. */
function Handle({ name, width, onWidth }: HandleProps) {
  const { t } = useTranslation();
  const start = useRef<{ x: number; width: number } | null>(null);
  return (
    <div
      className="grid-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("records.resize", { name })}
      aria-valuenow={width}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => start.current && onWidth(start.current.width + event.clientX - start.current.x)}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") onWidth(width - KEY_STEP);
        if (event.key === "ArrowRight") onWidth(width + KEY_STEP);
      }}
    />
  );
}
