import { usePrefetchInfiniteQuery, useQueries } from "@tanstack/react-query";
import { recordRunsQuery } from "@/api/flow-runs";
import { type Table, useMeta } from "@/api/meta";
import { recordQuery } from "@/api/records";
import { journalOf } from "@/api/relations";
import { todosOf } from "@/api/todos";
import { timelineQuery } from "../api";
import { lastWordsQuery, openTodosQuery } from "./brief-api";
import { voiceprintQuery } from "./voiceprint-api";

/** Draws nothing: what a record's page shows first is loaded, and kept fresh, before anybody goes there. */
export function RecordAhead({ table, id }: { table: Table; id: number }) {
  const meta = useMeta();
  const journal = journalOf(meta, table.key);
  const todos = todosOf(meta, table.key);
  useQueries({
    queries: [
      recordQuery(table.key, id),
      recordRunsQuery(table.key, id),
      ...(journal ? [lastWordsQuery(journal, id), voiceprintQuery(journal, id)] : []),
      ...(todos ? [openTodosQuery(todos, id)] : []),
    ],
  });
  usePrefetchInfiniteQuery(timelineQuery(table.key, id));
  return null;
}
