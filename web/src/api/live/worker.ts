import type { Told } from "./event";
import { openSource } from "./source";

/** One connection for all tabs of a browser. A tab says where to connect, and says good-bye when it closes. */
const scope = self as unknown as { onconnect: ((event: MessageEvent) => void) | null; close: () => void };

const tabs = new Set<MessagePort>();
let connected = false;
let close: (() => void) | null = null;

/** A tab asks for its records, then for us; what changed between the two is told once more. */
const JUST_NOW_MS = 10_000;
const LASTING = new Set(["changes", "said", "runs"]);
let justNow: { at: number; told: Told }[] = [];

const tellAll = (told: Told) => {
  if (told.kind === "state") connected = told.connected;
  justNow = justNow.filter(({ at }) => at > Date.now() - JUST_NOW_MS);
  if (told.kind === "event" && LASTING.has(told.event.name)) justNow.push({ at: Date.now(), told });
  for (const tab of tabs) tab.postMessage(told);
};

scope.onconnect = ({ ports: [port] }) => {
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<{ connect?: string }>) => {
    if (data.connect === undefined) {
      tabs.delete(port);
      if (tabs.size === 0) {
        close?.();
        scope.close();
      }
      return;
    }
    tabs.add(port);
    port.postMessage({ kind: "state", connected } satisfies Told);
    for (const { at, told } of justNow) if (at > Date.now() - JUST_NOW_MS) port.postMessage(told);
    close ??= openSource(data.connect, tellAll);
  };
  port.start();
};
