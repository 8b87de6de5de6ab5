import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldType } from "@/api/meta";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { FieldInput } from "@/widgets/field-input";
import type { DesignField } from "./api";
import { asField } from "./as-field";
import { SwitchLine } from "./switch-line";
import { canBeUnique, canHaveDefault, symbolFor } from "./type-groups";
import type { FieldDraft } from "./use-field-draft";

type Props = { kind: FieldType; field: DesignField | null; form: FieldDraft };

/** What a value must hold to, and what it begins with. */
export function FieldRules({ kind, field, form }: Props) {
  const { t } = useTranslation();
  const { draft, set } = form;
  if (kind.automatic) return <Notice tone="indigo">{t("model.automaticHint")}</Notice>;
  return (
    <>
      <SwitchLine
        label={t("model.required")}
        hint={t("model.requiredHint")}
        checked={draft.required}
        onChange={(required) => set({ required })}
      />
      {(canBeUnique(kind.type) || draft.unique) && (
        <SwitchLine
          label={t("model.unique")}
          hint={t("model.uniqueHint")}
          checked={draft.unique}
          onChange={(unique) => set({ unique })}
        />
      )}
      {canHaveDefault(kind.type) && <DefaultBox kind={kind} field={field} form={form} />}
    </>
  );
}

type How = "none" | "symbol" | "fixed";

function DefaultBox({ kind, field, form: { draft, set, refused } }: Props) {
  const { t } = useTranslation();
  const symbol = symbolFor(kind.type);
  const isSymbol = typeof draft.default === "string" && draft.default === symbol;
  const [how, setHow] = useState<How>(
    isSymbol ? "symbol" : draft.default === null || draft.default === undefined ? "none" : "fixed",
  );
  const choose = (next: How) => {
    setHow(next);
    set({ default: next === "symbol" ? symbol : null });
  };
  return (
    <>
      <div className="labelled">
        <span className="plain-label">{t("model.default")}</span>
        <Segmented<How>
          block
          name="default"
          aria-label={t("model.defaultKind")}
          value={how}
          options={[
            { value: "none", label: t("model.noDefault") },
            ...(symbol ? [{ value: "symbol" as const, label: t(`model.symbols.${symbol}`) }] : []),
            { value: "fixed", label: t("model.fixed") },
          ]}
          onChange={choose}
        />
      </div>
      {how === "fixed" && (
        <Labelled label={t("model.fixed")} fault={refused.default} help={t("model.defaultHint")}>
          {(aria) => (
            <FieldInput
              aria={aria}
              field={asField(draft, kind, field)}
              value={draft.default}
              onChange={(value) => set({ default: value })}
            />
          )}
        </Labelled>
      )}
    </>
  );
}
