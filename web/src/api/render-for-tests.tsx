import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { type ReactNode, Suspense } from "react";
import { MemoryRouter } from "react-router";
import { metaKey } from "./keys";
import type { Meta } from "./meta";

/** Draws as in the running app: metadata known, an address, a place for what is still loading. */
export function renderWith(meta: Meta, node: ReactNode) {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
  });
  client.setQueryData(metaKey, meta);
  return render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <Suspense>{node}</Suspense>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}
