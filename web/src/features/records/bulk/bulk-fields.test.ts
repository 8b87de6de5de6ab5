import { expect, test } from "vitest";
import { tableOf } from "@/api/meta-for-tests";
import { bulkFields } from "./bulk-fields";

test("only what one may write and sees whole can be given to many", () => {
  const table = tableOf({
    key: "lead",
    fields: [
      { key: "name" },
      { key: "city" },
      { key: "secret", readable: false },
      { key: "fixed", writable: false },
      { key: "starred", masked: true },
      { key: "number", unique: true },
      { key: "made", automatic: true },
      { key: "papers", widget: "attachment" },
    ],
    settings: { title: "name" },
  });

  expect(bulkFields(table).map(({ key }) => key)).toEqual(["city"]);
});
