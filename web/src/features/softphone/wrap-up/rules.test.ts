import { expect, test } from "vitest";
import { tableOf } from "@/api/meta-for-tests";
import { firstDraft, missingIn, requiredAt, wrapUpFields } from "./rules";

const choice = (key: string) => ({ key, label: { zh: key, en: key } });
const activity = tableOf({
  key: "activity",
  fields: [
    { key: "kind", widget: "dropdown", default: "call", options: { choices: [choice("call"), choice("visit")] } },
    { key: "result", widget: "dropdown", default: "spoke", options: { choices: [choice("spoke"), choice("no")] } },
    { key: "intent", widget: "dropdown", options: { choices: [choice("A"), choice("B")] } },
    { key: "content", widget: "long-text" },
    { key: "next_at", widget: "date-time" },
  ],
  settings: { subtitle: "kind", summary: ["kind", "result", "intent", "content", "next_at"] },
});
const rules = { table: "activity", required: ["content", "next_at"], closed: ["invalid"], unless_closed: ["next_at"] };

test("that it was a call is not asked; the usual result stands there already", () => {
  const fields = wrapUpFields(activity);
  expect(fields.usual.map(({ key }) => key)).toEqual(["result"]);
  expect(firstDraft(fields)).toEqual({ values: { result: "spoke" }, stage: null });
});

test("need, next time and stage are required", () => {
  const required = requiredAt(rules, null, true);
  expect(missingIn(required, { values: { content: "  " }, stage: null })).toEqual(["content", "next_at", "stage"]);
  expect(missingIn(required, { values: { content: "要报价", next_at: "2026-12-01T02:00:00Z" }, stage: "new" })).toEqual(
    [],
  );
});

test("a customer out of the question needs no next time", () => {
  const required = requiredAt(rules, "invalid", true);
  expect(missingIn(required, { values: { content: "已转行" }, stage: "invalid" })).toEqual([]);
});

test("where nobody has stages none is asked for", () => {
  expect([...requiredAt(rules, null, false)]).toEqual(["content", "next_at"]);
});
