import { createContext, useContext } from "react";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";

/** The record whose values are being drawn, for widgets that act on it. */
export type RecordPlace = { table: string; id: number; title: string };

/** Null where values must only be read, such as inside a button. */
export const RecordPlaceContext = createContext<RecordPlace | null>(null);

export const useRecordPlace = () => useContext(RecordPlaceContext);

export const placeOf = (table: Table, record: Rec): RecordPlace => ({
  table: table.key,
  id: record.id,
  title: titleOf(table, record),
});
