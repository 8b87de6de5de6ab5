import { expect, test, vi } from "vitest";
import { address, call, rememberCsrf } from "./client";
import { ApiError, Unreachable } from "./errors";

const answers = (body: string, status = 200) =>
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(body || null, { status }));

const sent = (spy: ReturnType<typeof answers>) =>
  spy.mock.calls[0]?.[1] as RequestInit & { headers: Record<string, string> };

test("parameters that are not set are not in the address", () => {
  expect(address("/tables", { search: "", offset: 0, cursor: null, sort: undefined, view: "公海" })).toBe(
    "/api/v1/tables?offset=0&view=%E5%85%AC%E6%B5%B7",
  );
});

test("a write carries the token, a read does not", async () => {
  rememberCsrf("secret");
  const spy = answers("{}");
  await call("POST", "/x", { body: { a: 1 } });
  expect(sent(spy).headers["X-CSRF"]).toBe("secret");
  spy.mockClear();
  await call("GET", "/x");
  expect(sent(spy).headers).not.toHaveProperty("X-CSRF");
});

test("a form goes out as a form", async () => {
  const spy = answers("{}");
  await call("POST", "/files", { body: new FormData() });
  expect(sent(spy).headers).not.toHaveProperty("Content-Type");
});

test("an empty answer is nothing", async () => {
  answers("", 200);
  expect(await call("DELETE", "/session")).toBeUndefined();
});

test("a refusal is an ApiError, silence is Unreachable", async () => {
  answers('{"type":"/problems/forbidden","status":403,"title":"没有权限","detail":"没有权限"}', 403);
  await expect(call("GET", "/x")).rejects.toBeInstanceOf(ApiError);
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("failed"));
  await expect(call("GET", "/x")).rejects.toBeInstanceOf(Unreachable);
});
