import { whenIdle } from "@/ui/when-idle";

/** Once nothing more urgent is to be done, lets the browser keep the shell. It looks for a newer one by itself. */
export function keepShell(): void {
  // Not while developing: there the files change under their names. Not without TLS either: browsers do not offer it.
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  whenIdle(() => {
    // Without it everything works but the page that says there is no network.
    navigator.serviceWorker.register("/shell-worker.js").catch(() => {});
  });
}
