import type { QueryClient } from "@tanstack/react-query";
import { currentKey, takeCurrent } from "../calls";
import { metaKey } from "../keys";
import type { Meta } from "../meta";
import { type Notice, takeNotices } from "../notices";
import { refreshSession } from "../session";
import { tellChanges } from "./changed";
import type { Told } from "./event";
import { whenFree } from "./hold";
import { Changes, hasMoved, isStale, joined, type Tables, wasSaid } from "./stale";
import { setConnected } from "./state";

/** Changes that come one upon the other are taken in together, this often. */
const TOGETHER_MS = 400;

type Heard = { onNotices: (fresh: Notice[]) => void };

/** Brings what is cached up to date with what the live connection tells. */
export function applier(client: QueryClient, { onNotices }: Heard): (told: Told) => void {
  const outdate = gathered((tables) => {
    outdated(client, tables);
    tellChanges(tables);
  });
  const hear = gathered((tables) => {
    void client.invalidateQueries({ predicate: ({ queryKey }) => wasSaid(queryKey, tables) });
  });
  const move = gathered((tables) => {
    void client.invalidateQueries({ predicate: ({ queryKey }) => hasMoved(queryKey, tables) });
  });
  return (told) => {
    if (told.kind === "state") {
      setConnected(told.connected);
      // What my line did before we listened is told to nobody again, and from now on we do not ask.
      if (told.connected) void client.invalidateQueries({ queryKey: currentKey });
      return;
    }
    if (told.kind === "refused") return void refreshSession(client);
    const { name, data } = told.event;
    // A word this version does not understand must not silence the others.
    if (name === "reset") void client.invalidateQueries();
    if (name === "changes") quietly(() => outdate(Changes.parse(data).tables));
    if (name === "said") quietly(() => hear(Changes.parse(data).tables));
    if (name === "runs") quietly(() => move(Changes.parse(data).tables));
    if (name === "call") quietly(() => takeCurrent(client, data));
    if (name === "notice") quietly(() => onNotices(takeNotices(client, data)));
  };
}

function outdated(client: QueryClient, tables: Tables): void {
  const meta = client.getQueryData<Meta>(metaKey);
  const targets = (table: string) =>
    meta?.table.get(table)?.fields.flatMap(({ refers }) => (refers ? [refers.table] : [])) ?? [];
  void client.invalidateQueries({ predicate: ({ queryKey }) => isStale(queryKey, tables, targets) });
}

/** The first telling acts at once; those that follow soon after act together. */
function gathered(act: (tables: Tables) => void): (tables: Tables) => void {
  let waiting: Tables | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (!waiting) return;
    act(waiting);
    waiting = null;
    timer = setTimeout(() => whenFree(flush), TOGETHER_MS);
  };
  return (tables) => {
    waiting = waiting ? joined(waiting, tables) : tables;
    if (timer === undefined) whenFree(flush);
  };
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Not what this version knows: the next full load will show it.
  }
}
