import { expect, it } from "vitest";
import { freeKey, isKey, keyFor, slugOf } from "./key-proposal";

const none = new Set<string>();

it("makes English names keys", () => {
  expect(slugOf("Expected amount (CNY)")).toBe("expected_amount_cny");
  expect(slugOf("2nd phone")).toBe("nd_phone");
  expect(slugOf("Customer's café")).toBe("customers_cafe");
  expect(slugOf("！？")).toBe("");
});

it("reads Chinese names aloud", async () => {
  expect(await keyFor("客户等级", none)).toBe("ke_hu_deng_ji");
  expect(await keyFor("绿色VIP客户2", none)).toMatch(/^lv_se_vip_ke_hu_2$/);
  expect(await keyFor("重庆银行", none)).toBe("chong_qing_yin_hang");
});

it("proposes nothing that is taken, and nothing the server would refuse", async () => {
  const taken = new Set(["phone", "phone_2"]);
  expect(freeKey("phone", taken)).toBe("phone_3");
  const long = await keyFor("一个特别特别特别特别特别特别特别特别特别特别长的名字", none);
  expect(isKey(long)).toBe(true);
  expect(freeKey(long, new Set([long]))).toHaveLength(long.length > 46 ? 48 : long.length + 2);
});

it("knows what a key is", () => {
  expect(["phone", "a1_b", "x".repeat(48)].every(isKey)).toBe(true);
  expect(["", "1a", "Phone", "手机", "a-b", "x".repeat(49)].some(isKey)).toBe(false);
});
