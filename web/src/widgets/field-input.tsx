import { useTranslation } from "react-i18next";
import type { InputProps } from "./field";
import { widgets } from "./registry";

/** A value as it is edited. */
export function FieldInput(props: InputProps) {
  const { t } = useTranslation();
  const widget = widgets.get(props.field.widget);
  if (!widget) return <p role="alert">{t("common.unknownWidget", { name: props.field.widget })}</p>;
  return <widget.Input {...props} />;
}
