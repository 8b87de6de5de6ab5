import { useTranslation } from "react-i18next";
import { choicesOf } from "@/api/choices";
import { type Field, type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { type Leaf, type Tree, treeFrom } from "@/lib/filter-tree";
import type { Texts } from "@/lib/locales/zh";
import { textOf } from "@/widgets/field";
import { linkedOf } from "@/widgets/linked";

type OpKey = keyof Texts["filter"]["op"];
type DayKey = keyof Texts["filter"]["day"];

/** Says a condition on records of a table as one would: `来源 是其中之一 百度推广、抖音`. */
export function useTreeWords(table: Table | undefined): (tree: unknown) => string {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { person } = useMeta();

  const one = (value: unknown, field: Field | undefined): string => {
    const text = textOf(value);
    const choice = field && choicesOf(field).find(({ key }) => key === text);
    if (choice) return label(choice.label);
    if (text.startsWith("@")) return t(`filter.day.${text.slice(1) as DayKey}`, { defaultValue: text });
    if (field?.widget === "user") return person.get(Number(text))?.name ?? text;
    return text || (linkedOf(value)[0]?.title ?? "");
  };
  const leaf = ({ field: key, op, value }: Leaf): string => {
    const field = table?.byKey.get(key);
    const values = (Array.isArray(value) ? value : [value]).filter((part) => part !== null && part !== undefined);
    const said = values.map((part) => one(part, field)).join(t("flows.comma"));
    return [field ? label(field.label) : key, t(`filter.op.${op as OpKey}`, { defaultValue: op }), said]
      .filter(Boolean)
      .join(" ");
  };
  const words = (tree: Tree): string => {
    if ("all" in tree) return tree.all.map(words).join(t("flows.and"));
    if ("any" in tree) return tree.any.map(words).join(t("flows.or"));
    return "not" in tree ? t("flows.not", { what: words(tree.not) }) : leaf(tree);
  };
  return (tree) => {
    const read = treeFrom(tree);
    return read ? words(read) : "";
  };
}
