import { useTranslation } from "react-i18next";
import { type Field, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import { FieldInput } from "@/widgets/field-input";
import { widgets } from "@/widgets/registry";
import type { DesignTable } from "./api";

/** The form as people will meet it. It is only looked at: nothing in it can be reached. */
export function FormPreview({ table: { key, label: tableLabel } }: { table: DesignTable }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const table = useMeta().table.get(key);
  const fields = (table?.fields ?? []).filter((field) => !field.automatic);
  return (
    <div className="preview card">
      <h2>{label(tableLabel)}</h2>
      <p className="muted">{t("model.previewHint")}</p>
      <div className="preview-fields" inert>
        {fields.map((field) => (
          <PreviewField key={field.key} field={field} />
        ))}
      </div>
    </div>
  );
}

function PreviewField({ field }: { field: Field }) {
  const { label } = useFormat();
  return (
    <Labelled
      label={label(field.label)}
      required={field.required}
      help={field.help ? label(field.help) : undefined}
      wide={widgets.get(field.widget)?.wide ?? false}
    >
      {(aria) => <FieldInput aria={aria} field={field} value={null} onChange={() => {}} />}
    </Labelled>
  );
}
