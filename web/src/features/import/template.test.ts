import { expect, test } from "vitest";
import { lead } from "./lead-for-tests";
import { templateOf } from "./template";

test("a template has one heading for each field a new record may have, marked where it is needed", () => {
  const text = templateOf(lead, { label: ({ zh }) => zh, required: "（必填）" });
  expect(text).toBe('\ufeff姓名,手机（必填）,status,"备注, 其他",owner\r\n');
});
