/**
 * Keeps the files of one build's shell in the browser, so that without a network the app can at least say so.
 * No answer of the API is ever kept: whoever takes the telephone next must find nothing of whoever had it before.
 */

/** Put in by the build: see web/shell-worker-plugin.ts. */
declare const __SHELL__: { version: string; files: string[] };

const PAGE = "/";
const PREFIX = "tuoke-shell-";
const NAME = PREFIX + __SHELL__.version;
const KEPT = new Set(__SHELL__.files);

// What TypeScript knows of workers and what it knows of pages exclude each other: this is what we use.
type Whole = Event & { waitUntil: (work: Promise<unknown>) => void };
type Installing = Whole & { addRoutes?: (routes: object[]) => Promise<void> };
type Fetching = Whole & {
  request: Request;
  preloadResponse: Promise<Response | undefined>;
  respondWith: (answer: Promise<Response>) => void;
};
type Events = { install: Installing; activate: Whole; fetch: Fetching };
const worker = self as unknown as {
  addEventListener: <K extends keyof Events>(kind: K, hear: (event: Events[K]) => void) => void;
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
  registration: { navigationPreload?: { enable: () => Promise<void> } };
};

worker.addEventListener("install", (event) => {
  // The API goes its own way where browsers can be told so: no call and no live connection ever wakes this worker.
  const api = { condition: { urlPattern: { pathname: "/api/*" } }, source: "network" };
  event.waitUntil(Promise.all([keepShell(), event.addRoutes?.([api]), worker.skipWaiting()]));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOlder(), worker.registration.navigationPreload?.enable(), worker.clients.claim()]));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (KEPT.has(pathname)) event.respondWith(kept(request));
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(NAME);
  // Past the browser's own memory: a page of the build before must not get among the files of this one.
  await cache.addAll(__SHELL__.files.map((file) => new Request(file, { cache: "reload" })));
}

async function dropOlder(): Promise<void> {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** The network first, always: a build that has been put in place is what is shown. */
async function page(event: Fetching): Promise<Response> {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const shell = await (await caches.open(NAME)).match(PAGE);
    if (!shell) throw error;
    return shell;
  }
}

/** A file whose name says what is in it never changes. */
async function kept(request: Request): Promise<Response> {
  return (await (await caches.open(NAME)).match(request)) ?? fetch(request);
}
