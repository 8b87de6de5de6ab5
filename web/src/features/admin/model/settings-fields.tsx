import { Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type FieldType, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Texts } from "@/lib/locales/zh";
import { type Aria, Labelled } from "@/ui/labelled";
import type { DesignField } from "./api";
import { isNumeric, type Setting, settingsOf } from "./draft";
import type { FieldDraft } from "./use-field-draft";

type Props = { kind: FieldType; field: DesignField | null; form: FieldDraft };

/** The settings of a type as its JSON Schema lists them; a setting this version has no words for is shown by its title. */
export function SettingsFields({ kind, field, form }: Props) {
  const { t, i18n } = useTranslation();
  const settings = Object.entries(settingsOf(kind)).filter(([name]) => name !== "choices");
  const known = (name: string): name is keyof Texts["model"]["setting"] => i18n.exists(`model.setting.${name}`);
  const hinted = (name: string): name is keyof Texts["model"]["settingHint"] =>
    i18n.exists(`model.settingHint.${name}`);
  return settings.map(([name, setting]) => (
    <Labelled
      key={name}
      label={known(name) ? t(`model.setting.${name}`) : (setting.title ?? name)}
      help={hinted(name) ? t(`model.settingHint.${name}`) : undefined}
      fault={name === "table" && form.missing.includes("table") ? t("model.tableMissing") : form.refused[name]}
      required={name === "table" && field === null}
    >
      {(aria) => (
        <SettingBox
          aria={aria}
          name={name}
          setting={setting}
          value={form.draft.options[name]}
          isFixed={name === "table" && field !== null}
          onChange={(value) => form.set({ options: { ...form.draft.options, [name]: value } })}
        />
      )}
    </Labelled>
  ));
}

type BoxProps = {
  aria: Aria;
  name: string;
  setting: Setting;
  value: unknown;
  isFixed: boolean;
  onChange: (value: unknown) => void;
};

function SettingBox({ aria, name, setting, value, isFixed, onChange }: BoxProps) {
  const { t } = useTranslation();
  if (name === "table") return <TableBox aria={aria} value={value} isFixed={isFixed} onChange={onChange} />;
  if (setting.enum) {
    return (
      <Select
        {...aria}
        style={{ width: "100%" }}
        value={String(value ?? "")}
        options={setting.enum.map((one) => ({
          value: one,
          label: name === "date" ? t(`model.dates.${(one || "none") as "none"}`) : one,
        }))}
        onChange={onChange}
      />
    );
  }
  if (isNumeric(setting)) {
    const isWhole = setting.type === "integer";
    return (
      <InputNumber<number>
        {...aria}
        style={{ width: "100%" }}
        value={typeof value === "number" ? value : null}
        {...(setting.minimum === undefined ? {} : { min: setting.minimum })}
        {...(setting.maximum === undefined ? {} : { max: setting.maximum })}
        {...(isWhole ? { precision: 0 } : {})}
        onChange={(next) => onChange(next ?? (isWhole ? setting.default : null))}
      />
    );
  }
  return (
    <Input
      {...aria}
      {...(setting.maxLength === undefined ? {} : { maxLength: setting.maxLength })}
      value={typeof value === "string" ? value : ""}
      onChange={(event) =>
        onChange(/^(currency|country)$/.test(name) ? event.target.value.toUpperCase() : event.target.value)
      }
    />
  );
}

function TableBox({ aria, value, isFixed, onChange }: Omit<BoxProps, "name" | "setting">) {
  const { label } = useFormat();
  const { tables } = useMeta();
  return (
    <Select
      {...aria}
      style={{ width: "100%" }}
      disabled={isFixed}
      value={typeof value === "string" ? value : null}
      options={tables.map((table) => ({ value: table.key, label: label(table.label) }))}
      showSearch={{ optionFilterProp: "label" }}
      onChange={onChange}
    />
  );
}
