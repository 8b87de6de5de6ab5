import { Input } from "antd";
import { useTranslation } from "react-i18next";
import type { FieldType } from "@/api/meta";
import { Labelled } from "@/ui/labelled";
import { NameBoxes } from "../name-boxes";
import type { DesignField } from "./api";
import { ChoicesEditor } from "./choices-editor";
import { hasChoices } from "./draft";
import { SettingsFields } from "./settings-fields";
import type { FieldDraft } from "./use-field-draft";

type Props = { kind: FieldType; field: DesignField | null; form: FieldDraft };

/** Names, hint, key and the settings of the type. */
export function FieldLook({ kind, field, form }: Props) {
  const { t } = useTranslation();
  const { draft, set, missing } = form;
  return (
    <>
      <NameBoxes
        zh={draft.zh}
        en={draft.en}
        isMissing={missing.includes("label")}
        autoFocus={field === null}
        onZh={(zh) => set({ zh })}
        onEn={(en) => set({ en })}
      />
      <Labelled
        label={t("admin.key")}
        fault={missing.includes("key") ? t(draft.key ? "admin.keyWrong" : "admin.keyMissing") : undefined}
        help={field ? undefined : t("admin.keyHint")}
        required={field === null}
      >
        {(aria) => (
          <Input
            {...aria}
            className="key-box"
            maxLength={48}
            readOnly={field !== null}
            variant={field ? "filled" : "outlined"}
            value={draft.key}
            onChange={(event) => set({ key: event.target.value })}
          />
        )}
      </Labelled>
      {hasChoices(kind) && (
        <ChoicesEditor
          choices={draft.choices}
          fault={
            missing.includes("choices")
              ? t("model.choiceMissing")
              : missing.includes("choice")
                ? t("model.optionEmpty")
                : undefined
          }
          onChange={(choices) => set({ choices })}
        />
      )}
      <SettingsFields kind={kind} field={field} form={form} />
      <Labelled label={t("model.help")} help={t("model.helpHint")}>
        {(aria) => (
          <Input {...aria} maxLength={80} value={draft.helpZh} onChange={(e) => set({ helpZh: e.target.value })} />
        )}
      </Labelled>
      <Labelled label={t("model.helpEn")}>
        {(aria) => (
          <Input {...aria} maxLength={80} value={draft.helpEn} onChange={(e) => set({ helpEn: e.target.value })} />
        )}
      </Labelled>
    </>
  );
}
