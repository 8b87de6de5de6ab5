import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { useSortable } from "@dnd-kit/react/sortable";
import type { ReactNode, Ref } from "react";

type Props<Entry> = {
  entries: readonly Entry[];
  keyOf: (entry: Entry) => string;
  onMove: (entries: Entry[]) => void;
  children: (entry: Entry, place: number, hold: Hold) => ReactNode;
};

/** What an entry ties to its outer element and to what it is held by. */
export type Hold = { row: Ref<HTMLLIElement>; handle: Ref<HTMLButtonElement>; isDragged: boolean };

/** A list put in order by hand: dragged by the handle, or Space on it, arrows and Space again. */
export function Sortable<Entry>({ entries, keyOf, onMove, children }: Props<Entry>) {
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return (
    <DragDropProvider
      onDragEnd={(event) => {
        if (event.canceled) return;
        const keys = [...byKey.keys()];
        const ordered = move(keys, event);
        if (ordered.some((key, place) => key !== keys[place])) onMove(ordered.flatMap((key) => byKey.get(key) ?? []));
      }}
    >
      {entries.map((entry, place) => (
        <Slot key={keyOf(entry)} id={keyOf(entry)} place={place}>
          {(hold) => children(entry, place, hold)}
        </Slot>
      ))}
    </DragDropProvider>
  );
}

function Slot({ id, place, children }: { id: string; place: number; children: (hold: Hold) => ReactNode }) {
  const { ref, handleRef, isDragSource } = useSortable({ id, index: place });
  return children({ row: ref, handle: handleRef, isDragged: isDragSource });
}
