import type { Field } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import { FieldInput } from "@/widgets/field-input";
import { widgets } from "@/widgets/registry";

type Props = {
  fields: readonly Field[];
  values: Record<string, unknown>;
  faults: Record<string, string>;
  onChange: (key: string, value: unknown) => void;
};

/** The boxes of a form, two beside each other, broad ones alone. */
export function FormFields({ fields, values, faults, onChange }: Props) {
  const { label } = useFormat();
  return (
    <div className="form-fields">
      {fields.map((field, place) => (
        <Labelled
          key={field.key}
          label={label(field.label)}
          required={field.required}
          fault={faults[field.key]}
          help={field.help ? label(field.help) : undefined}
          wide={widgets.get(field.widget)?.wide ?? false}
        >
          {(aria) => (
            <FieldInput
              aria={aria}
              field={field}
              value={values[field.key]}
              onChange={(value) => onChange(field.key, value)}
              {...(place === 0 ? { autoFocus: true } : {})}
            />
          )}
        </Labelled>
      ))}
    </div>
  );
}
