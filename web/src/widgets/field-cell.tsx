import "./fields.css";
import { useTranslation } from "react-i18next";
import { type CellProps, isEmpty } from "./field";
import { widgets } from "./registry";

/** A value as it is read. */
export function FieldCell({ value, field, roomy = false }: CellProps) {
  const { t } = useTranslation();
  const widget = widgets.get(field.widget);
  if (isEmpty(value)) return roomy ? <span className="cell-empty">—</span> : null;
  if (!widget) return <span className="cell-empty">{t("common.unknownWidget", { name: field.widget })}</span>;
  return <widget.Cell value={value} field={field} roomy={roomy} />;
}
