import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Labelled } from "@/ui/labelled";
import type { Names } from "./use-names";

type Props = { names: Names; tried: boolean; faults?: Record<string, string> };

/** The Chinese and the English name. Without an English one the Chinese stands for both. */
export function NameFields({ names, tried, faults = {} }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Labelled
        label={t("admin.labelZh")}
        fault={tried && !names.isNamed ? t("admin.labelMissing") : faults["label.zh"]}
        required
      >
        {(aria) => (
          <Input
            {...aria}
            autoFocus
            maxLength={80}
            value={names.zh}
            onChange={(event) => names.setZh(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled label={t("admin.labelEn")} fault={faults["label.en"]} help={t("admin.labelEnHint")}>
        {(aria) => (
          <Input {...aria} maxLength={80} value={names.en} onChange={(event) => names.setEn(event.target.value)} />
        )}
      </Labelled>
    </>
  );
}
