import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Labelled } from "@/ui/labelled";
import type { FieldDraft } from "./use-field-draft";

/** The further headings by which an import knows the field. */
export function FieldAliases({ form: { draft, set } }: { form: FieldDraft }) {
  const { t } = useTranslation();
  return (
    <Labelled label={t("model.aliases")} help={t("model.aliasesHint")}>
      {(aria) => (
        <Select
          {...aria}
          mode="tags"
          open={false}
          suffixIcon={null}
          style={{ width: "100%" }}
          tokenSeparators={[",", "，", "、", "\n"]}
          value={draft.aliases}
          onChange={(aliases: string[]) => set({ aliases: aliases.map((one) => one.trim()).filter(Boolean) })}
        />
      )}
    </Labelled>
  );
}
