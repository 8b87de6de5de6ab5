import { expect, test } from "vitest";
import { callOf, customerOf, subjectOf } from "./call-subject";
import { metaOf, table } from "./meta-for-tests";

const link = (key: string) => ({ key, widget: "link", refers: { table: key, many: false } });
const meta = metaOf(
  table({ key: "lead", fields: [{ key: "status", widget: "dropdown" }], settings: { stage: "status" } }),
  table({ key: "account", fields: [{ key: "level", widget: "dropdown" }], settings: { stage: "level" } }),
  table({ key: "contact", fields: [link("account")] }),
  table({
    key: "opportunity",
    fields: [link("account"), link("contact"), { key: "stage", widget: "dropdown" }],
    settings: { stage: "stage" },
  }),
  table({
    key: "call",
    fields: [
      ...["lead", "account", "contact", "opportunity"].map(link),
      { key: "owner", widget: "user", refers: { table: "@user", many: false } },
    ],
  }),
);
const call = (links: object) => callOf(meta, { id: 1, state: "ended", started_at: "2026-11-22T02:00:00Z", ...links });
const one = (id: number) => ({ id, title: `${id}` });

test("a call's record is read as a call, the agent's bare number set aside", () => {
  expect(call({ lead: one(5), owner: 7 }).links).toEqual({ lead: one(5) });
});

test("of a contact and his account it is the contact one speaks to, and the account whose stage moves", () => {
  const found = call({ account: one(2), contact: one(3) });
  expect(subjectOf(meta, found)?.table.key).toBe("contact");
  expect(customerOf(meta, found)?.table.key).toBe("account");
});

test("because of an opportunity, it is the opportunity's stage that moves", () => {
  const found = call({ account: one(2), contact: one(3), opportunity: one(4) });
  expect(customerOf(meta, found)?.table.key).toBe("opportunity");
});
