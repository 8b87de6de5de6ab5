import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Empty } from "@/ui/empty";
import { TableIcon } from "@/ui/icon";
import { SimpleTable } from "@/ui/simple-table";
import { TextBox } from "@/ui/text-box";
import { isSystem } from "./draft";
import { TableDialog } from "./table-dialog";
import "./tables.css";

/** `/admin/tables`: every table of the workspace. */
export function TablesPage() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { tables } = useMeta();
  const [search, setSearch] = useState("");
  const [isNew, setNew] = useState(false);
  const shown = found(tables, search);
  const heads = [
    { key: "table", label: t("model.heads.table") },
    { key: "key", label: t("model.heads.key") },
    { key: "fields", label: t("model.heads.fields") },
    { key: "source", label: t("model.heads.source") },
    { key: "menu", label: t("model.heads.menu") },
  ];
  return (
    <div className="admin-body">
      <div className="tables">
        <div className="admin-title">
          <h2>{t("model.tables")}</h2>
          <span className="muted">{number(tables.length)}</span>
          <span className="end">
            <TextBox
              className="tables-search"
              value={search}
              onSettled={setSearch}
              placeholder={t("model.search")}
              aria-label={t("model.search")}
              prefix={<SearchOutlined aria-hidden />}
              allowClear
            />
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setNew(true)}>
              {t("model.create")}
            </Button>
          </span>
        </div>
        {shown.length === 0 ? (
          <Empty title={t("model.nothingFound", { text: search })} />
        ) : (
          <SimpleTable label={t("model.tables")} heads={heads}>
            {shown.map((table) => (
              <TableRow key={table.key} table={table} />
            ))}
          </SimpleTable>
        )}
        {isNew && <TableDialog onClose={() => setNew(false)} />}
      </div>
    </div>
  );
}

function found(tables: readonly Table[], search: string): Table[] {
  const wanted = search.trim().toLowerCase();
  const place = ({ settings }: Table) => settings.menu ?? Number.POSITIVE_INFINITY;
  return tables
    .filter(({ key, label }) => [key, label.zh, label.en].some((name) => name.toLowerCase().includes(wanted)))
    .sort((a, b) => place(a) - place(b) || 0);
}

function TableRow({ table }: { table: Table }) {
  const { t } = useTranslation();
  const { label, language, number } = useFormat();
  const name = label(table.label);
  const other = table.label[language === "zh" ? "en" : "zh"];
  const own = table.fields.filter((field) => !isSystem(field));
  const added = own.filter(({ source }) => source === "user").length;
  return (
    <tr>
      <td>
        <span className="tables-name">
          <span className="tables-icon">
            <TableIcon name={table.settings.icon} />
          </span>
          <Link to={`/admin/tables/${table.key}`} aria-label={t("model.design", { table: name })}>
            {name}
          </Link>
          {other !== name && <span className="faint">{other}</span>}
        </span>
      </td>
      <td className="tables-key">{table.key}</td>
      <td className="num">
        {t("model.fieldCount", { n: number(own.length) })}
        {table.source === "app" && added > 0 && (
          <span className="faint"> · {t("model.ownFields", { n: number(added) })}</span>
        )}
      </td>
      <td>
        <Chip tone={table.source === "app" ? "grey" : "jade"}>
          {table.source === "app" ? t("model.shipped") : t("model.own")}
        </Chip>
      </td>
      <td className={table.settings.menu ? "num" : "faint"}>{table.settings.menu ?? "–"}</td>
    </tr>
  );
}
