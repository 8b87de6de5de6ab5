import { infiniteQueryOptions } from "@tanstack/react-query";
import { ApiError } from "@/api/errors";
import { recordsKey } from "@/api/keys";
import type { Table } from "@/api/meta";
import { type Acted, actOnRecords, listRecords } from "@/api/records";
import { sentenceOf } from "@/api/sentence";

const PAGE_ROWS = 100;
/** Deleting is a record's last change: it says when, and who. */
export const DELETED_AT = "updated_at";
export const DELETED_BY = "updated_by";

const FEW_COLUMNS = 4;

/** The fields that tell deleted records apart. */
export function binColumns({ settings, byKey }: Table): string[] {
  const named = [settings.title, settings.subtitle, ...settings.columns];
  const known = named.filter((key): key is string => !!key && byKey.get(key)?.readable === true);
  return [...new Set(known)].slice(0, FEW_COLUMNS);
}

export const binQuery = (table: Table, search: string) =>
  infiniteQueryOptions({
    queryKey: [...recordsKey(table.key), "bin", search],
    queryFn: ({ pageParam, signal }) =>
      listRecords(
        table.key,
        {
          deleted: true,
          sort: `-${DELETED_AT}`,
          search: search || undefined,
          fields: [...binColumns(table), DELETED_AT, DELETED_BY],
          limit: PAGE_ROWS,
          offset: pageParam,
          count: pageParam === 0 ? "exact" : "none",
        },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.next ? pages.length * PAGE_ROWS : undefined),
  });

/**
 * Takes records out of the bin. The server restores all or none: if one stands in the way (its number belongs to
 * somebody else by now), the others are restored one by one.
 */
export async function restore(table: string, ids: number[]): Promise<Acted> {
  try {
    await actOnRecords(table, "restore", { ids });
    return { done: ids, refused: [] };
  } catch (error) {
    if (!(error instanceof ApiError) || ids.length === 1) throw error;
  }
  const acted: Acted = { done: [], refused: [] };
  for (const id of ids) {
    try {
      await actOnRecords(table, "restore", { ids: [id] });
      acted.done.push(id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      acted.refused.push({ id, detail: sentenceOf(error) });
    }
  }
  return acted;
}
