import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Chip } from "@/ui/chip";
import { type CellProps, defineWidget, type InputProps } from "../field";

function Cell({ value }: CellProps) {
  const { t } = useTranslation();
  return <Chip tone={value ? "jade" : "grey"}>{value ? t("common.yes") : t("common.no")}</Chip>;
}

function Edit({ aria: { status: _, ...aria }, value, onChange, autoFocus }: InputProps) {
  return <Switch {...aria} checked={value === true} onChange={onChange} {...(autoFocus ? { autoFocus } : {})} />;
}

export default defineWidget({ widget: "switch", width: 80, Cell, Input: Edit });
