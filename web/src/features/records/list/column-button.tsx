import { ArrowDownOutlined, ArrowUpOutlined, LayoutOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";

type Props = { table: Table; columns: readonly string[]; onChange: (columns: string[] | null) => void };

/** Which columns, and in which order. */
export function ColumnButton({ table, columns, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={<Columns table={table} columns={columns} onChange={onChange} />}
    >
      <Button type="text" icon={<LayoutOutlined aria-hidden />}>
        {t("records.columns")}
      </Button>
    </Popover>
  );
}

function Columns({ table, columns, onChange }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const others = table.fields.filter((field) => field.readable && !columns.includes(field.key));
  const swap = (place: number, by: number) => {
    const next = [...columns];
    const [moved] = next.splice(place, 1);
    if (moved) next.splice(place + by, 0, moved);
    onChange(next);
  };
  return (
    <div className="columns-menu">
      <h3>{t("records.showColumns")}</h3>
      <ul>
        {columns.map((key, place) => {
          const field = table.byKey.get(key);
          if (!field) return null;
          const name = label(field.label);
          return (
            <li key={key}>
              <Checkbox
                checked
                disabled={columns.length === 1}
                onChange={() => onChange(columns.filter((column) => column !== key))}
              >
                {name}
              </Checkbox>
              <span>
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined aria-hidden />}
                  disabled={place === 0}
                  aria-label={`${t("records.moveUp")} ${name}`}
                  onClick={() => swap(place, -1)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowDownOutlined aria-hidden />}
                  disabled={place === columns.length - 1}
                  aria-label={`${t("records.moveDown")} ${name}`}
                  onClick={() => swap(place, 1)}
                />
              </span>
            </li>
          );
        })}
      </ul>
      {others.length > 0 && <h3>{t("records.otherColumns")}</h3>}
      <ul>
        {others.map((field) => (
          <li key={field.key}>
            <Checkbox checked={false} onChange={() => onChange([...columns, field.key])}>
              {label(field.label)}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button size="small" type="text" onClick={() => onChange(null)}>
        {t("records.resetColumns")}
      </Button>
    </div>
  );
}
