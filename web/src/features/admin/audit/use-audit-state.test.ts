import { expect, it } from "vitest";
import { auditParameters, auditStateOf } from "./use-audit-state";

it("what is looked for survives the address", () => {
  const states = [
    { user: 7, kind: "session", span: "week", from: "", to: "" },
    { user: null, kind: null, span: "custom", from: "2026-11-01", to: "" },
    { user: null, kind: null, span: "all", from: "", to: "" },
  ] as const;
  for (const state of states) expect(auditStateOf(new URLSearchParams(auditParameters(state)))).toEqual(state);
});

it("an address that makes no sense looks for everything", () => {
  const state = auditStateOf(new URLSearchParams("user=x&kind=A%20B&span=ever&from=1&to=2026-1-1"));
  expect(state).toEqual({ user: null, kind: null, span: "all", from: "", to: "" });
});
