import { expect, test } from "vitest";
import { ApiError, isSignedOut, problemOf } from "./errors";

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

test("a problem carries its sentence, the fault of each field, and facts", async () => {
  const error = await problemOf(
    answer(422, {
      type: "/problems/invalid",
      title: "填写有误",
      status: 422,
      detail: "有 1 处填写有误",
      fields: { phone: "手机号应为 11 位" },
      row: 0,
    }),
  );
  expect([error.slug, error.detail, error.fields, error.facts.row]).toEqual([
    "invalid",
    "有 1 处填写有误",
    { phone: "手机号应为 11 位" },
    0,
  ]);
});

test("an answer that is no problem at all still becomes an error", async () => {
  const error = await problemOf(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
  expect([error.status, error.slug]).toEqual([502, "internal"]);
});

test("only 401 means signed out", () => {
  expect(isSignedOut(new ApiError(401, "unauthenticated", "", ""))).toBe(true);
  expect(isSignedOut(new ApiError(403, "forbidden", "", ""))).toBe(false);
  expect(isSignedOut(new Error("x"))).toBe(false);
});
