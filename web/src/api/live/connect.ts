import { ROOT } from "../client";
import type { Told } from "./event";
import { openSource } from "./source";

const ADDRESS = `${ROOT}/live`;

/** Joins the browser's one live connection as `user`; the result leaves it. */
export function connect(user: number, tell: (told: Told) => void): () => void {
  // Named after the user: whoever logs in next does not get the ears of whoever was here before.
  const name = `tuoke-live-${user}`;
  if (typeof SharedWorker !== "undefined") return joinWorker(name, tell);
  if (typeof BroadcastChannel !== "undefined" && navigator.locks) return joinChannel(name, tell);
  return openSource(ADDRESS, tell);
}

function joinWorker(name: string, tell: (told: Told) => void): () => void {
  let worker: SharedWorker | null = null;
  const join = () => {
    worker = new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module", name });
    worker.port.onmessage = ({ data }: MessageEvent<Told>) => tell(data);
    worker.port.start();
    worker.port.postMessage({ connect: ADDRESS });
  };
  const leave = () => {
    worker?.port.postMessage({});
    worker?.port.close();
    worker = null;
  };
  // A page kept in the browser's memory leaves, and joins again when one comes back to it.
  const shown = ({ persisted }: PageTransitionEvent) => persisted && join();
  join();
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", shown);
  return () => {
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("pageshow", shown);
    leave();
  };
}

/** Where there are no shared workers, the tab that holds the lock connects and tells the others. */
function joinChannel(name: string, tell: (told: Told) => void): () => void {
  const channel = new BroadcastChannel(name);
  const left = new AbortController();
  let last: Told = { kind: "state", connected: false };
  channel.onmessage = ({ data }: MessageEvent<Told | "who">) => {
    if (data !== "who") tell(data);
  };
  const lead = () =>
    new Promise<void>((resolve) => {
      const close = openSource(ADDRESS, (told) => {
        if (told.kind === "state") last = told;
        tell(told);
        channel.postMessage(told);
      });
      channel.onmessage = ({ data }) => data === "who" && channel.postMessage(last);
      left.signal.addEventListener("abort", () => {
        close();
        resolve();
      });
    });
  channel.postMessage("who");
  void navigator.locks.request(name, { signal: left.signal }, lead).catch(() => {});
  return () => {
    left.abort();
    channel.close();
  };
}
