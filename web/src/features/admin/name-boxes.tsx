import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";

type Props = {
  zh: string;
  en: string;
  isMissing: boolean;
  faults?: Record<string, string>;
  autoFocus?: boolean;
  onZh: (text: string) => void;
  onEn: (text: string) => void;
};

/** A name in both languages, that of the screen first; one alone stands for both. */
export function NameBoxes({ zh, en, isMissing, faults = {}, autoFocus = false, onZh, onEn }: Props) {
  const { t } = useTranslation();
  const own = useLanguage();
  const boxes = [
    { language: "zh", label: t("admin.labelZh"), value: zh, set: onZh },
    { language: "en", label: t("admin.labelEn"), value: en, set: onEn },
  ].sort((a, b) => Number(b.language === own) - Number(a.language === own));
  return boxes.map(({ language, label, value, set }, place) => (
    <Labelled
      key={language}
      label={label}
      fault={place === 0 && isMissing ? t("admin.labelMissing") : faults[`label.${language}`]}
      help={place === 0 ? undefined : t("admin.labelOtherHint")}
      required={place === 0}
    >
      {(aria) => (
        <Input
          {...aria}
          maxLength={80}
          autoFocus={autoFocus && place === 0}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Labelled>
  ));
}
