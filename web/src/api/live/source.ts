import { EVENT_NAMES, type Told } from "./event";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Holds one connection to the live door. A broken line is mended by the browser, which also names the last event it
 * heard; after a refusal we try again ourselves, more and more seldom, and then load everything anew, because what
 * happened meanwhile is not told again.
 */
export function openSource(address: string, tell: (told: Told) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let wasLost = false;

  const open = () => {
    source = new EventSource(address);
    for (const name of EVENT_NAMES) {
      source.addEventListener(name, (message) => {
        wait = FIRST_WAIT_MS;
        if (name === "hello") {
          tell({ kind: "state", connected: true });
          if (wasLost) tell({ kind: "event", event: { name: "reset", data: {} } });
          wasLost = false;
        }
        const data = parsed(message.data);
        if (data !== undefined) tell({ kind: "event", event: { name, data } });
      });
    }
    source.onerror = () => {
      tell({ kind: "state", connected: false });
      if (source?.readyState !== EventSource.CLOSED) return;
      tell({ kind: "refused" });
      wasLost = true;
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
