import { queryOptions } from "@tanstack/react-query";
import { recordsKey } from "@/api/keys";
import type { Table } from "@/api/meta";
import { listRecords } from "@/api/records";

const MOST = 4;

/** The first few records of a table that hold the words. */
export const foundQuery = (table: Table, search: string) =>
  queryOptions({
    queryKey: [...recordsKey(table.key), "found", search],
    queryFn: async ({ signal }) => {
      const { title, subtitle } = table.settings;
      const fields = [title, subtitle].filter((key): key is string => typeof key === "string");
      return (await listRecords(table.key, { search, limit: MOST, count: "none", fields }, signal)).records;
    },
    enabled: search.length >= 2,
    staleTime: 10_000,
  });
