import { useState } from "react";
import type { Field, Table } from "@/api/meta";

type Column = { field: Field };

export type Cell = { index: number; field: string };

/** Whether a cell of this column can be changed in its place. */
export const isEditable = (table: Table, { field }: Column) =>
  Boolean(table.rights.update) &&
  field.writable &&
  !field.automatic &&
  // What one sees in part only cannot be changed without losing the rest.
  !field.masked &&
  field.widget !== "attachment";

/** Which cell is being changed, and the way from one to the next. */
export function useCell(table: Table, columns: readonly Column[], count: number, onMove: (index: number) => void) {
  const [cell, setCell] = useState<Cell | null>(null);
  const keys = columns.filter((column) => isEditable(table, column)).map(({ field }) => field.key);
  const begin = (index: number, field?: string) => {
    const key = field ?? keys[0];
    if (key && keys.includes(key)) setCell({ index, field: key });
    return key !== undefined && keys.includes(key);
  };
  const next = ({ index, field }: Cell, back: boolean) => {
    const place = keys.indexOf(field) + (back ? -1 : 1);
    const row = index + (place < 0 ? -1 : place >= keys.length ? 1 : 0);
    const key = place < 0 ? keys.at(-1) : place >= keys.length ? keys[0] : keys[place];
    if (row < 0 || row >= count || !key) return setCell(null);
    if (row !== index) onMove(row);
    setCell({ index: row, field: key });
  };
  return { cell, begin, next, end: () => setCell(null) };
}
