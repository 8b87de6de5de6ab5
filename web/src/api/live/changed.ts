import type { Tables } from "./stale";

type Hear = (tables: Tables) => void;

const listeners = new Set<Hear>();

/** For what is computed of many records: which tables something happened in, gathered. The result stops listening. */
export function onChanges(hear: Hear): () => void {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

export function tellChanges(tables: Tables): void {
  for (const hear of listeners) hear(tables);
}
