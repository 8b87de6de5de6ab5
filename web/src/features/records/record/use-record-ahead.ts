import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { recordRunsQuery } from "@/api/flow-runs";
import { type Table, useMeta } from "@/api/meta";
import { recordQuery } from "@/api/records";
import { journalOf, relationsTo } from "@/api/relations";
import { todosOf } from "@/api/todos";
import { timelineQuery } from "../api";
import { commentsQuery } from "../comments/api";
import { lastWordsQuery, openTodosQuery } from "./brief-api";
import { relatedQuery } from "./related";
import { voiceprintQuery } from "./voiceprint-api";

/**
 * Loads what a record's page shows first, and keeps it fresh, while `isWanted`: before anybody goes there. The result:
 * whether all of it is here.
 */
export function useRecordAhead(table: Table, id: number, isWanted: boolean): boolean {
  const meta = useMeta();
  const journal = journalOf(meta, table.key);
  const todos = todosOf(meta, table.key);
  const parts = useQueries({
    subscribed: isWanted,
    queries: [
      recordQuery(table.key, id),
      recordRunsQuery(table.key, id),
      ...(journal ? [lastWordsQuery(journal, id), voiceprintQuery(journal, id)] : []),
      ...(todos ? [openTodosQuery(todos, id)] : []),
      ...relationsTo(meta, table.key).map((relation) => relatedQuery(relation, id)),
    ],
  });
  const told = useInfiniteQuery({ ...timelineQuery(table.key, id), subscribed: isWanted });
  const said = useInfiniteQuery({ ...commentsQuery(table.key, id), subscribed: isWanted });
  return [...parts, told, said].every(({ data }) => data !== undefined);
}
