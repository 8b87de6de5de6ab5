import { queryOptions } from "@tanstack/react-query";
import { recordsKey } from "@/api/keys";
import type { Table } from "@/api/meta";
import { type ListQuery, listRecords } from "@/api/records";
import { allOf, treeFrom } from "@/lib/filter-tree";

/** The records of a list that stand on one stage, the first so many, and how many there are. */
export const stageQuery = (table: Table, query: ListQuery, stage: { field: string; value: string }, limit: number) =>
  queryOptions({
    queryKey: [...recordsKey(table.key), "board", query, stage, limit],
    queryFn: ({ signal }) => {
      const filter = allOf(treeFrom(query.filter), { field: stage.field, op: "eq", value: stage.value });
      return listRecords(table.key, { ...query, filter, limit, count: "exact" }, signal);
    },
    placeholderData: (before) => before,
  });
