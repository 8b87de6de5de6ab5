import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, isSignedOut } from "./errors";
import { expiredKey, sessionKey } from "./keys";

const STALE_MS = 20_000;

/** Only what may heal by itself is asked again. */
const mayHeal = (error: unknown) => !(error instanceof ApiError) || error.status === 503;

export function createQueryClient(): QueryClient {
  const signedOut = (error: unknown) => {
    if (!isSignedOut(error)) return;
    // A refused log-in is a 401 too; only who was in can have been put out.
    if (client.getQueryData(sessionKey)) client.setQueryData(expiredKey, true);
    client.setQueryData(sessionKey, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({ onError: signedOut }),
    defaultOptions: {
      queries: { staleTime: STALE_MS, retry: (failures, error) => mayHeal(error) && failures < 2 },
    },
  });
  return client;
}
