import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { forgetDraftsOfOthers } from "@/lib/drafts";
import { z } from "@/lib/zod";
import { call, rememberCsrf } from "./client";
import { isSignedOut } from "./errors";
import { sessionKey } from "./keys";

export const User = z.object({
  id: z.number(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  department: z.number().nullable(),
  language: z.string().nullable().optional(),
  must_change_password: z.boolean().optional(),
});
export type User = z.infer<typeof User>;

const Session = z.object({ user: User, csrf: z.string() });
export type Session = z.infer<typeof Session>;

function opened(answer: unknown): Session {
  const session = Session.parse(answer);
  rememberCsrf(session.csrf);
  forgetDraftsOfOthers(session.user.id);
  return session;
}

async function current(): Promise<Session | null> {
  try {
    return opened(await call("GET", "/session"));
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

/** Who is logged in, or null. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: current,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Asks again whether one is still logged in. */
export const refreshSession = (client: QueryClient) => client.invalidateQueries({ queryKey: sessionKey });

export const logIn = async (email: string, password: string) =>
  opened(await call("POST", "/session", { body: { email, password } }));

export const logOut = () => call<void>("DELETE", "/session");

export const changePassword = (old: string, next: string) =>
  call<unknown>("POST", "/session/password", { body: { old, new: next } });

/** The language of my screens and of the messages sent to me. */
export const setLanguage = (language: string) => call<unknown>("PATCH", "/session", { body: { language } });
