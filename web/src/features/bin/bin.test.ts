import { afterEach, expect, test, vi } from "vitest";
import { tableOf } from "@/api/meta-for-tests";
import { binColumns, restore } from "./api";

afterEach(() => vi.unstubAllGlobals());

/** A server that refuses to restore the records in `taken`, and with them every call that names one. */
function refusing(...taken: number[]) {
  const calls: number[][] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
    const { ids } = JSON.parse(body) as { ids: number[] };
    calls.push(ids);
    const isRefused = ids.some((id) => taken.includes(id));
    const problem = { type: "/problems/duplicate", title: "", status: 409, detail: "号码已被占用" };
    return new Response(JSON.stringify(isRefused ? problem : { ids }), { status: isRefused ? 409 : 200 });
  });
  return calls;
}

test("records come back in one call", async () => {
  const calls = refusing();
  expect(await restore("lead", [1, 2, 3])).toEqual({ done: [1, 2, 3], refused: [] });
  expect(calls).toEqual([[1, 2, 3]]);
});

test("one that cannot come back does not hold up the others", async () => {
  refusing(2);
  const { done, refused } = await restore("lead", [1, 2, 3]);
  expect(done).toEqual([1, 3]);
  expect(refused).toEqual([{ id: 2, detail: "号码已被占用" }]);
});

test("a single one says why itself", async () => {
  refusing(2);
  await expect(restore("lead", [2])).rejects.toThrow("号码已被占用");
});

test("the bin shows what tells records apart, each field once", () => {
  const table = tableOf({
    key: "lead",
    settings: { title: "name", subtitle: "company", columns: ["name", "phone", "secret", "city", "status"] },
    fields: [
      ...["name", "company", "phone", "city", "status"].map((key) => ({ key })),
      { key: "secret", readable: false },
    ],
  });
  expect(binColumns(table)).toEqual(["name", "company", "phone", "city"]);
});
