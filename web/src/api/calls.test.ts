import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { type Current, currentKey, currentQuery, endedKey, showAsked, showNumbered, takeCurrent } from "./calls";

const over = { call: null, draft: null, wrap_up: null };
const line = (client: QueryClient) => client.getQueryData<Current>(currentKey)?.call;

test("a call that is over before its number is known does not go on dialling for ever", async () => {
  const client = new QueryClient();
  const asked = vi.spyOn(client, "invalidateQueries").mockImplementation(async () => takeCurrent(client, over));
  showAsked(client, {}, "13900040004");
  takeCurrent(client, over);
  expect(line(client)?.state).toBe("requested");

  await showNumbered(client, 7);

  expect(asked).toHaveBeenCalledTimes(1);
  expect(line(client)).toBeNull();
  expect(client.getQueryData(endedKey)).toBe(7);
});

test("what was told in its order is not asked for again", async () => {
  const client = new QueryClient();
  const asked = vi.spyOn(client, "invalidateQueries");
  showAsked(client, {}, "13900040005");
  await showNumbered(client, 7);
  expect(asked).not.toHaveBeenCalled();
});

test("an answer that was asked for before one dialled does not end the call", async () => {
  const client = new QueryClient();
  let late: (answer: Response) => void = () => {};
  const asked = vi.spyOn(globalThis, "fetch").mockImplementation(
    (_, init) =>
      new Promise((resolve, reject) => {
        late = resolve;
        init?.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      }),
  );
  const before = client.fetchQuery(currentQuery(client)).catch(() => null);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());

  showAsked(client, {}, "13900040005");
  await showNumbered(client, 7);
  late(new Response(JSON.stringify(over)));
  await before;

  expect([line(client)?.id, client.getQueryData(endedKey)]).toEqual([7, null]);
});
