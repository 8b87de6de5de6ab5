import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { noticesKey } from "./keys";

const LabelShape = z.object({ zh: z.string(), en: z.string() });

const Notice = z.object({
  id: z.number(),
  kind: z.string(),
  title: LabelShape,
  body: LabelShape.nullish(),
  table: z.string().nullish(),
  record: z.number().nullish(),
  at: z.string(),
  read_at: z.string().nullish(),
});
export type Notice = z.infer<typeof Notice>;

const Notices = z.object({ notices: z.array(Notice), unread: z.number() });
export type Notices = z.infer<typeof Notices>;

const PAGE = 30;
/** Without the live connection one still hears of news, only later. */
const ASK_AGAIN_MS = 60_000;

/** The newest things I was told, and how many are unread. */
export const noticesQuery = queryOptions({
  queryKey: noticesKey,
  queryFn: async ({ signal }) => Notices.parse(await call("GET", "/notices", { query: { limit: PAGE }, signal })),
  refetchInterval: ASK_AGAIN_MS,
});

/** Older ones than `before`. */
export const readOlder = async (before: number) =>
  Notices.parse(await call("GET", "/notices", { query: { limit: PAGE, before } })).notices;

/** Without ids: all of mine. */
export const markRead = (ids?: number[]) => call<unknown>("POST", "/notices/read", { body: ids ? { ids } : {} });

/** Takes in what was pushed; returns those that were not known before, oldest first. */
export function takeNotices(client: QueryClient, answer: unknown): Notice[] {
  const pushed = Notices.parse(answer);
  const known = client.getQueryData<Notices>(noticesKey);
  client.setQueryData(noticesKey, merged(known, pushed));
  if (!known) return [];
  const newest = known.notices[0]?.id ?? 0;
  return pushed.notices.filter(({ id, read_at }) => id > newest && !read_at).reverse();
}

/** What is pushed is newer than what is known of the same notice. */
export function merged(known: Notices | undefined, pushed: Notices): Notices {
  const ids = new Set(pushed.notices.map(({ id }) => id));
  const rest = (known?.notices ?? []).filter(({ id }) => !ids.has(id));
  return {
    unread: pushed.unread,
    notices: [...pushed.notices, ...rest].sort((a, b) => b.id - a.id),
  };
}
