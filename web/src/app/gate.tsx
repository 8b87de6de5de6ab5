import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Outlet } from "react-router";
import { Unreachable } from "@/api/errors";
import { sessionQuery } from "@/api/session";
import { ProblemPage } from "./error-page";
import { OfflinePage } from "./offline/offline-page";
import { adoptLanguage } from "./preferences";
import { Splash } from "./splash";

const LogInPage = lazy(async () => ({ default: (await import("@/features/session/log-in-page")).LogInPage }));
const FirstPasswordPage = lazy(async () => ({
  default: (await import("@/features/session/first-password-page")).FirstPasswordPage,
}));

/** Lets nobody past without a session. The address stays, so that logging in leads to where one was going. */
export function Gate() {
  const { data: session, error, isPending, isPaused, refetch } = useQuery(sessionQuery);
  const language = session?.user.language;
  useEffect(() => adoptLanguage(language), [language]);

  if (session === undefined && (isPaused || error instanceof Unreachable))
    return <OfflinePage onRetry={() => void refetch()} />;
  if (isPending) return <Splash />;
  if (error && session === undefined) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  return (
    <Suspense fallback={<Splash />}>
      {!session ? <LogInPage /> : session.user.must_change_password ? <FirstPasswordPage /> : <Outlet />}
    </Suspense>
  );
}
