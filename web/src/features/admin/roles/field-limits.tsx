import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type Field, type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { LIMITS, type Limit, limitOf, type Row, withLimit } from "./matrix";

type Props = { table: Table; row: Row; onChange: (row: Row) => void };

/** The fields of which a role sees less, or which it may not change. */
export function FieldLimits({ table, row, onChange }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const kinds = new Map(useMeta().field_types.map((kind) => [kind.type, kind]));
  const limited = table.fields.filter(({ key }) => limitOf(row, key));
  const others = table.fields.filter(({ key }) => key !== "id" && !limitOf(row, key));
  const allowed = ({ type }: Field): Limit[] => LIMITS.filter((limit) => limit !== "mask" || kinds.get(type)?.maskable);
  return (
    <section className="limits">
      <h3>{t("roles.fieldLimits")}</h3>
      <p className="muted">{t("roles.fieldLimitsHint")}</p>
      <ul>
        {limited.map((field) => {
          const name = label(field.label);
          return (
            <li key={field.key}>
              <span className="ellipsis">{name}</span>
              <Segmented<Limit>
                size="small"
                name={`limit-${field.key}`}
                aria-label={t("roles.limitOf", { field: name })}
                value={limitOf(row, field.key) ?? "hide"}
                options={allowed(field).map((limit) => ({ value: limit, label: t(`roles.limit.${limit}`) }))}
                onChange={(limit) => onChange(withLimit(row, field.key, limit))}
              />
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t("roles.dropLimit", { field: name })}
                onClick={() => onChange(withLimit(row, field.key, null))}
              />
            </li>
          );
        })}
      </ul>
      <Select
        aria-label={t("roles.chooseField")}
        placeholder={t("roles.addLimit")}
        prefix={<PlusOutlined aria-hidden />}
        value={null}
        options={others.map((field) => ({ value: field.key, label: label(field.label) }))}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(key: string | null) => key && onChange(withLimit(row, key, "hide"))}
      />
    </section>
  );
}
