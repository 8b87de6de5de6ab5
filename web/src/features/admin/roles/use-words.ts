import { useTranslation } from "react-i18next";
import { choicesOf } from "@/api/choices";
import { type Field, type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { type Tree, treeFrom } from "@/lib/filter-tree";
import type { Tone } from "@/ui/tokens";
import { REACHES, type Reach, type Scope } from "./matrix";

const TONES: Record<Reach, Tone> = {
  own: "grey",
  pool: "indigo",
  pool_below: "indigo",
  department: "jade",
  department_below: "jade",
  all: "violet",
};

const reachOf = (scope: Scope) => REACHES.find((reach) => reach === scope);

/** Scopes and field limits in the language of the screen. */
export function useScopeWords() {
  const { t } = useTranslation();
  const { label } = useFormat();
  const condition = useConditionWords();
  const nameOf = (table: Table | undefined, key: string) => {
    const field = table?.byKey.get(key);
    return field ? label(field.label) : key;
  };
  return {
    nameOf,
    /** Short words for a chip, its tone, and the long words behind it. */
    say(scope: Scope, table: Table | undefined): { short: string; long: string; tone: Tone } {
      const reach = reachOf(scope);
      if (reach) return { short: t(`roles.scopes.${reach}`), long: t(`roles.scopeHints.${reach}`), tone: TONES[reach] };
      const { via, where } = (scope ?? {}) as { via?: string; where?: unknown };
      if (via) {
        const field = nameOf(table, via);
        return { short: t("roles.via", { field }), long: t("roles.viaHint", { field }), tone: "grey" };
      }
      const tree = treeFrom(where);
      return { short: t("roles.where"), long: tree ? condition(tree, table) : String(scope), tone: "grey" };
    },
  };
}

/** A filter tree as a sentence: 负责人 等于 本人，且 状态 等于 草稿. */
function useConditionWords() {
  const { t } = useTranslation();
  const { label, language } = useFormat();
  const { person, department } = useMeta();
  const between = language === "zh" ? "" : " ";

  const valueWords = (value: unknown, field: Field | undefined): string => {
    if (Array.isArray(value)) return value.map((one) => valueWords(one, field)).join("、");
    if (value === "@me") return t("records.me");
    if (value === "@my_department") return t("records.myDepartment");
    if (typeof value === "boolean") return value ? t("common.yes") : t("common.no");
    const choice = field && choicesOf(field).find(({ key }) => key === value);
    if (choice) return label(choice.label);
    if (field?.widget === "user" && typeof value === "number") return person.get(value)?.name ?? `#${value}`;
    if (field?.widget === "department" && typeof value === "number") return department.get(value)?.name ?? `#${value}`;
    return value === null || value === undefined ? "" : String(value);
  };
  const say = (tree: Tree, table: Table | undefined): string => {
    if ("all" in tree) return tree.all.map((part) => say(part, table)).join(t("roles.and"));
    if ("any" in tree) return tree.any.map((part) => say(part, table)).join(t("roles.or"));
    if ("not" in tree) return `${t("roles.not")}${between}（${say(tree.not, table)}）`;
    const field = table?.byKey.get(tree.field);
    const op = t(`filter.op.${tree.op as "eq"}`);
    return `${field ? label(field.label) : tree.field} ${op} ${valueWords(tree.value, field)}`.trim();
  };
  return say;
}
