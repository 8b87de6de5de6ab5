import { describe, expect, it } from "vitest";
import type { FieldType } from "@/api/meta";
import { isKey, keyFor } from "../key-proposal";
import type { DesignField } from "./api";
import { blankDraft, changesOf, definitionOf, draftOf, faultsOf, isNumeric, newChoice, settingsOf } from "./draft";

const kind = (type: string, properties: Record<string, unknown>): FieldType => ({
  type,
  label: { zh: type, en: type },
  help: { zh: "", en: "" },
  widget: type,
  automatic: false,
  maskable: false,
  options: { type: "object", properties },
});
const dropdown = kind("dropdown", { choices: { type: "array", default: [] } });
const money = kind("currency", {
  currency: { type: "string", default: "CNY" },
  decimals: { type: "integer", default: 2, minimum: 0, maximum: 4 },
});
const number = kind("number", { min: { anyOf: [{ type: "number" }, { type: "null" }], default: null } });
const link = kind("link", { table: { type: "string" } });

const grade: DesignField = {
  key: "grade",
  type: "dropdown",
  label: { zh: "等级", en: "Grade" },
  help: null,
  options: {
    choices: [
      { key: "A", label: { zh: "高", en: "High" }, color: "amber", hidden: false },
      { key: "B", label: { zh: "低", en: "低" }, color: null, hidden: true },
    ],
  },
  required: false,
  unique: false,
  automatic: false,
  default: "A",
  source: "app",
  widget: "dropdown",
  refers: null,
  aliases: ["级别"],
};

describe("a new field", () => {
  it("begins with the settings of its type, or with what is usual here", () => {
    expect(blankDraft(money, { currency: "USD" }).options).toEqual({ currency: "USD", decimals: 2 });
    expect(blankDraft(link).options).toEqual({});
  });

  it("with options begins with one to fill in", () => {
    expect(blankDraft(dropdown).choices).toHaveLength(1);
  });

  it("says what is missing", () => {
    expect(faultsOf(blankDraft(dropdown), dropdown, isKey)).toEqual(["label", "key", "choices"]);
    expect(faultsOf({ ...blankDraft(link), zh: "客户", key: "account" }, link, isKey)).toEqual(["table"]);
  });

  it("is sent with a key for every named option and without those never named", async () => {
    const draft = { ...blankDraft(dropdown), key: "level", zh: "级别" };
    draft.choices = ["高意向", "高意向", "", "★★★"].map((name) => newChoice([], name));
    const { options, label, help } = await definitionOf(draft, keyFor);
    const keys = (options as { choices: { key: string }[] }).choices.map(({ key }) => key);
    expect(keys).toEqual(["gao_yi_xiang", "gao_yi_xiang_2", "o_1"]);
    expect(label).toEqual({ zh: "级别", en: "级别" });
    expect(help).toBeNull();
  });
});

describe("a field that exists", () => {
  it("untouched has nothing to save", async () => {
    expect(await changesOf(draftOf(grade), grade, keyFor)).toEqual({});
  });

  it("sends only what was changed, and keeps the keys of its options", async () => {
    const draft = { ...draftOf(grade), required: true };
    draft.choices = draft.choices.map((choice) => ({ ...choice, zh: choice.key === "A" ? "很高" : choice.zh }));
    const changes = await changesOf(draft, grade, keyFor);
    expect(Object.keys(changes).sort()).toEqual(["options", "required"]);
    expect(changes.options).toEqual({
      choices: [
        { key: "A", label: { zh: "很高", en: "High" }, color: "amber", hidden: false },
        { key: "B", label: { zh: "低", en: "低" }, color: null, hidden: true },
      ],
    });
  });

  it("may not leave an option without a name", () => {
    const draft = draftOf(grade);
    draft.choices = draft.choices.map((choice) => ({ ...choice, zh: "", en: "" }));
    expect(faultsOf(draft, dropdown, isKey)).toEqual(["choice"]);
  });

  it("loses its help when both languages are emptied", async () => {
    const helped = { ...grade, help: { zh: "怎么填", en: "How" } };
    expect(await changesOf({ ...draftOf(helped), helpZh: "", helpEn: " " }, helped, keyFor)).toEqual({ help: null });
  });
});

it("knows which settings are figures, also those that may be absent", () => {
  const min = settingsOf(number).min!;
  const currency = settingsOf(money).currency!;
  expect([isNumeric(min), isNumeric(currency)]).toEqual([true, false]);
});
