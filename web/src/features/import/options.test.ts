import { expect, test } from "vitest";
import { lead } from "./lead-for-tests";
import { modesFor, readOptions, writeOptions } from "./options";
import { told } from "./told";

const read = (text: string) => readOptions(new URLSearchParams(text), lead);

test("an address without options means the standard ones", () => {
  expect(read("")).toEqual({ mode: "create", match: ["phone"], unknown: "add", sheet: null, set: {} });
});

test("what nobody could have chosen is passed over", () => {
  expect(read("mode=destroy&unknown=guess&match=phone,nonsense&set=%7Bbroken")).toEqual(read(""));
});

test("options survive the address, and only what differs is written", () => {
  const chosen = {
    mode: "upsert",
    match: ["name", "phone"],
    unknown: "fault",
    sheet: "6月",
    set: { status: "new" },
  } as const;
  const written = writeOptions(new URLSearchParams("check=4"), chosen, lead);
  expect(readOptions(written, lead)).toEqual(chosen);
  expect(written.get("check")).toBe("4");
  expect(String(writeOptions(written, read(""), lead))).toBe("check=4");
});

test("to match by nothing is a choice of its own", () => {
  const written = writeOptions(new URLSearchParams(), { ...read(""), match: [] }, lead);
  expect(readOptions(written, lead).match).toEqual([]);
});

test("only ways that one's rights allow are offered", () => {
  const may = (create: boolean, update: boolean) => modesFor({ ...lead, rights: { create, update } });
  expect(may(true, true)).toEqual(["create", "update", "upsert"]);
  expect(may(true, false)).toEqual(["create"]);
  expect(may(false, true)).toEqual(["update"]);
});

test("the table's own match is not named to the server, another is", () => {
  expect(told(lead, read(""), null)).toEqual({ mode: "create", unknown_option: "add" });
  expect(told(lead, read("match=name"), null)).toMatchObject({ match: ["name"] });
});

test("only constants that say something are told", () => {
  const set = JSON.stringify({ status: "new", note: "", owner: null });
  expect(told(lead, read(String(new URLSearchParams({ set }))), null)).toMatchObject({ set: { status: "new" } });
  expect(told(lead, read(String(new URLSearchParams({ set: '{"note":""}' }))), null)).not.toHaveProperty("set");
});

test("a chosen match field that no column fills is not told either", () => {
  const mapping = { 姓名: "name", 手机: null };
  expect(told(lead, read("match=name,phone&sheet=6月"), mapping)).toEqual({
    mode: "create",
    unknown_option: "add",
    mapping,
    match: ["name"],
    sheet: "6月",
  });
});
