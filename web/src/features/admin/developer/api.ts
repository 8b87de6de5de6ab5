import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { z } from "@/lib/zod";
import { adminKey } from "../use-write";

export const EVENTS = ["created", "updated", "deleted", "restored"] as const;

const Webhook = z.object({
  id: z.number(),
  name: z.string(),
  url: z.string(),
  tables: z.array(z.string()),
  events: z.array(z.string()),
  fields: z.array(z.string()),
  active: z.boolean(),
  user: z.number(),
  failures: z.number(),
  paused_until: z.string().nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

export type AskedWebhook = Pick<Webhook, "name" | "url" | "tables" | "events" | "fields">;

export const webhooksQuery = queryOptions({
  queryKey: [...adminKey, "webhooks"],
  queryFn: async ({ signal }) =>
    z.object({ webhooks: z.array(Webhook) }).parse(await call("GET", "/webhooks", { signal })).webhooks,
});

const WithSecret = z.object({ secret: z.string() });

export const createWebhook = async (asked: AskedWebhook) =>
  WithSecret.parse(await call("POST", "/webhooks", { body: asked })).secret;
export const changeWebhook = ({ id, ...changed }: { id: number; active?: boolean } & Partial<AskedWebhook>) =>
  call("PATCH", `/webhooks/${id}`, { body: changed });
export const deleteWebhook = (id: number) => call("DELETE", `/webhooks/${id}`);
export const pingWebhook = (id: number) => call("POST", `/webhooks/${id}/ping`);
export const renewSecret = async (id: number) => WithSecret.parse(await call("POST", `/webhooks/${id}/secret`)).secret;
export const replayDeliveries = ({ id, ...what }: { id: number; deliveries?: number[]; since?: string }) =>
  call("POST", `/webhooks/${id}/replay`, { body: what });

const Delivery = z.object({
  id: z.number(),
  event: z.string(),
  table: z.string().nullable(),
  record: z.number().nullable(),
  at: z.string(),
  state: z.enum(["queued", "delivered", "failed", "skipped"]),
  attempts: z.number(),
  status: z.number().nullable(),
  reason: z.string().nullable(),
  took_ms: z.number().nullable(),
  next_at: z.string(),
  body: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

const PAGE = 30;
/** While somebody looks at what becomes of them. */
const LOOK_AGAIN_MS = 3000;

export const deliveriesQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...adminKey, "deliveries", id],
    queryFn: async ({ pageParam, signal }) =>
      z
        .object({ deliveries: z.array(Delivery) })
        .parse(await call("GET", `/webhooks/${id}/deliveries`, { query: { before: pageParam, limit: PAGE }, signal }))
        .deliveries,
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.id ?? null)),
    refetchInterval: LOOK_AGAIN_MS,
  });
