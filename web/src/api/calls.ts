import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "@/lib/zod";
import { call } from "./client";
import { callsKey } from "./keys";
import type { Meta } from "./meta";

/** The tables the telephone writes. */
export const CALL = "call";
export const RECORDING = "recording";

const LIVE_STATES = ["requested", "dialing", "ringing", "talking"];

const Linked = z.looseObject({ id: z.number(), title: z.string().nullish() });

export const Call = z.object({
  id: z.number(),
  /** requested, dialing, ringing, talking, ended. */
  state: z.string(),
  outcome: z.string().nullish(),
  number: z.string().nullish(),
  started_at: z.string(),
  answered_at: z.string().nullish(),
  ended_at: z.string().nullish(),
  talk_seconds: z.coerce.number().nullish().catch(null),
  ring_seconds: z.coerce.number().nullish().catch(null),
  wrap_up: z.string().nullish(),
  /** Whom it is about, by the link field of the call. */
  links: z.record(z.string(), Linked).default({}),
});
export type Call = z.infer<typeof Call>;

/** What has been typed of a wrap-up so far. */
const Draft = z.object({
  values: z.record(z.string(), z.unknown()).default({}),
  stage: z.string().nullish(),
});
export type Draft = z.infer<typeof Draft>;

const WrapUp = z.object({
  table: z.string(),
  required: z.array(z.string()).default([]),
  /** Stages of the customer at which nothing more is due: there `unless_closed` is not asked for. */
  closed: z.array(z.string()).default([]),
  unless_closed: z.array(z.string()).default([]),
});
export type WrapUp = z.infer<typeof WrapUp>;

const Current = z.object({
  call: Call.nullish().transform((found) => found ?? null),
  draft: Draft.nullish().catch(null),
  wrap_up: WrapUp.nullish(),
});
/** My line: the call I am in, or the one whose wrap-up I owe. */
export type Current = z.infer<typeof Current>;

export const currentKey = [...callsKey, "current"] as const;
/** The number of the last call that ended without a wrap-up being owed, until it is dismissed. */
export const endedKey = [...callsKey, "ended"] as const;

export const isLive = (one: Call | null | undefined) => Boolean(one && LIVE_STATES.includes(one.state));
export const owesWrapUp = (one: Call | null | undefined) => one?.state === "ended" && one.wrap_up === "pending";

/** Whether something was said of my line that came too early to be understood. */
const passedOverKey = [...callsKey, "passed over"] as const;

/** An asked-for call that the server has not numbered yet. */
const UNNUMBERED = 0;

/** Takes in what the server says of my line, and remembers the call that has just come to an end. */
export function takeCurrent(client: QueryClient, answer: unknown): void {
  const next = Current.parse(answer);
  const was = client.getQueryData<Current>(currentKey)?.call;
  // Said before our own click was heard: the call being asked for is not over.
  if (was?.id === UNNUMBERED && !next.call) return void client.setQueryData(passedOverKey, true);
  // It was the very call that was being asked for: now it has its number.
  const isNumbered = was?.id === UNNUMBERED;
  if (was && !isNumbered && isLive(was) && next.call?.id !== was.id) client.setQueryData(endedKey, was.id);
  client.setQueryData(currentKey, next);
}

export const currentQuery = (client: QueryClient) =>
  queryOptions({
    queryKey: currentKey,
    queryFn: async ({ signal }): Promise<Current> => {
      takeCurrent(client, await call("GET", "/calls/current", { signal }));
      return client.getQueryData<Current>(currentKey) ?? { call: null };
    },
  });

/** A record's field that holds a telephone number: what is dialled is never a number, so that a masked one can be. */
export type Dial = {
  table: string;
  record: number;
  field: string;
  /** The record that links to whom one calls, when it is because of that one. */
  about?: { table: string; record: number };
};

/** What the screen shows between the click and the server's answer. */
export function showAsked(client: QueryClient, links: Call["links"], number: string): void {
  // An answer on its way is of the time before: it would say that nobody is on the line.
  void client.cancelQueries({ queryKey: currentKey }, { revert: false, silent: true });
  client.setQueryData(endedKey, null);
  client.setQueryData(passedOverKey, false);
  client.setQueryData<Current>(currentKey, (now) => ({
    ...now,
    call: {
      id: UNNUMBERED,
      state: "requested",
      number,
      started_at: new Date().toISOString(),
      links,
    },
    draft: null,
  }));
}

export async function dial(asked: Dial): Promise<number> {
  return z.object({ call: z.number() }).parse(await call("POST", "/calls", { body: asked })).call;
}

/**
 * The server has numbered the call asked for; a state it has told meanwhile stays. A call can be over before its number
 * is known, as to a number that does not exist: what was passed over then is asked for.
 */
export async function showNumbered(client: QueryClient, id: number): Promise<void> {
  client.setQueryData<Current>(currentKey, (now) =>
    now?.call?.id === UNNUMBERED ? { ...now, call: { ...now.call, id } } : now,
  );
  if (client.getQueryData(passedOverKey)) await client.invalidateQueries({ queryKey: currentKey });
}

/** The server refused to dial: the line is as it was. */
export async function showRefused(client: QueryClient): Promise<void> {
  client.setQueryData<Current>(currentKey, (now) => (now?.call?.id === UNNUMBERED ? { ...now, call: null } : now));
  await client.invalidateQueries({ queryKey: currentKey });
}

export const hangUp = (id: number) => call<unknown>("POST", `/calls/${id}/hang_up`);

export const saveDraft = (id: number, draft: Draft) => call<unknown>("PUT", `/calls/${id}/draft`, { body: draft });

/** Raises ApiError 422 with the missing fields, the stage under `stage`. */
export const saveWrapUp = (id: number, draft: Draft) => call<unknown>("POST", `/calls/${id}/wrap_up`, { body: draft });

/** The wrap-up is saved: the line is free. */
export const showFree = (client: QueryClient) =>
  client.setQueryData<Current>(currentKey, (now) => (now ? { ...now, call: null, draft: null } : now));

/** Whether I may call at all; who may not sees nothing of a telephone. */
export const mayCall = (meta: Meta) => Boolean(meta.table.get(CALL)?.rights.create);
