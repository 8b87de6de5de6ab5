import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { type Current, currentKey, endedKey, showAsked, showNumbered, takeCurrent } from "./calls";

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
