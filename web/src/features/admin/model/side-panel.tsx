import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { Empty } from "@/ui/empty";
import type { DesignTable } from "./api";
import { FieldEditor } from "./field-editor";
import { TableSettings } from "./table-settings";
import type { Designer } from "./use-designer";

type Props = { table: DesignTable; designer: Designer };

/** The right side of the designer: the chosen field, a new one, or the table itself. */
export function SidePanel({ table, designer }: Props) {
  const { t } = useTranslation();
  const { field_types } = useMeta();
  const { chosen } = designer;
  if (chosen.kind === "settings") return <TableSettings table={table} designer={designer} />;
  if (chosen.kind === "nothing") return <Empty title={t("model.pickTitle")} hint={t("model.pickHint")} />;
  const field = chosen.kind === "field" ? (table.fields.find(({ key }) => key === chosen.key) ?? null) : null;
  const type = chosen.kind === "new" ? chosen.type : field?.type;
  const kind = field_types.find((one) => one.type === type);
  if (!kind) return <Empty title={t("common.notFoundTitle")} />;
  return <FieldEditor table={table} kind={kind} field={field} designer={designer} />;
}
