import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { ApiError } from "@/api/errors";
import type { Table } from "@/api/meta";
import { type Rec, refreshRecords, updateRecord } from "@/api/records";
import { z } from "@/lib/zod";
import { sent } from "../form/fields-of-form";
import { ConflictDialog, type Conflicts } from "./conflict-dialog";

const Clash = z.object({
  version: z.number(),
  conflicts: z.record(z.string(), z.object({ yours: z.unknown(), theirs: z.unknown() })),
});

type Open = {
  conflicts: Conflicts;
  onDecided: (kept: Record<string, unknown>) => void;
  onLeft: () => void;
};

/** Saving was given up in the conflict dialog: no error to show. */
export class GivenUp extends Error {}

/**
 * Saves changed fields of a record. When somebody changed the same ones, the dialog asks what to keep, and the
 * promise waits for the answer; `dialog` must be drawn.
 */
export function useSave(table: Table) {
  const client = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);

  const ask = useCallback(
    (conflicts: Conflicts) =>
      new Promise<Record<string, unknown>>((resolve, reject) =>
        setOpen({
          conflicts,
          onDecided: (kept) => {
            setOpen(null);
            resolve(kept);
          },
          onLeft: () => {
            setOpen(null);
            reject(new GivenUp());
          },
        }),
      ),
    [],
  );
  const save = useCallback(
    async (record: Rec, values: Record<string, unknown>) => {
      let change: Record<string, unknown> = sent(values);
      let version = record.version;
      while (Object.keys(change).length > 0) {
        try {
          await updateRecord(table.key, { ...change, id: record.id, ...(version === undefined ? {} : { version }) });
          break;
        } catch (error) {
          const clash =
            error instanceof ApiError && error.status === 409 ? Clash.safeParse(error.facts).data : undefined;
          if (!clash) throw error;
          const kept = await ask(clash.conflicts);
          const untouched = Object.entries(change).filter(([key]) => !(key in clash.conflicts));
          change = { ...Object.fromEntries(untouched), ...kept };
          version = clash.version;
        }
      }
      await refreshRecords(client);
    },
    [table, client, ask],
  );
  const dialog = open && (
    <ConflictDialog table={table} conflicts={open.conflicts} onDecided={open.onDecided} onLeft={open.onLeft} />
  );
  return { save, dialog };
}

export type Save = ReturnType<typeof useSave>["save"];
