import { ArrowRightOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Checked, Column } from "./checked";
import { Constants } from "./constants";
import { columnOf, importable, isNeeded, type Mapping, withField } from "./mapping";
import type { Options } from "./options";
import type { Import } from "./use-import";
import "./column-list.css";

type Props = { table: Table; wizard: Import; checked: Checked };

/** Every column of the file beside the field it fills. */
export function ColumnList({ table, wizard, checked: { columns, sheets, ...checked } }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { mapping, options, change, chooseSheet } = wizard;
  const fileName = checked.file_name ?? "";
  const filled = columns.filter(({ name }) => mapping[name]).length;
  return (
    <>
      <div className="columns-head">
        <h2>{t("imports.columns")}</h2>
        <p className="muted">{t("imports.filled", { n: number(filled), of: number(columns.length) })}</p>
        <p className="muted ellipsis" title={fileName}>
          {fileName}
        </p>
        {sheets.length > 1 && (
          <Select
            aria-label={t("imports.sheet")}
            value={options.sheet ?? sheets[0] ?? null}
            options={sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            onChange={(sheet) => sheet && chooseSheet(sheet)}
          />
        )}
      </div>
      <ul className="columns">
        {columns.map((column) => (
          <ColumnRow
            key={column.name}
            table={table}
            column={column}
            wizard={wizard}
            onFill={(field) => change({ mapping: withField(mapping, column.name, field) })}
          />
        ))}
        <li>
          <Constants table={table} wizard={wizard} />
        </li>
      </ul>
    </>
  );
}

type RowProps = { table: Table; column: Column; wizard: Import; onFill: (field: string | null) => void };

function ColumnRow({ table, column, wizard: { mapping, options: asked }, onFill }: RowProps) {
  const { t } = useTranslation();
  const field = mapping[column.name] ?? null;
  const samples = column.samples.map(String).join(t("imports.comma"));
  const options = useFieldOptions(table, asked, mapping, column.name);
  return (
    <li className={field ? "column" : "column out"}>
      <span className="column-name">
        <b className="ellipsis" title={column.name}>
          {column.name}
        </b>
        <span className="ellipsis" title={samples}>
          {samples || t("imports.noSamples")}
        </span>
      </span>
      <ArrowRightOutlined aria-hidden />
      <Select
        aria-label={t("imports.fieldFor", { column: column.name })}
        value={field ?? ""}
        options={options}
        onChange={(key) => onFill(key || null)}
        showSearch={{ optionFilterProp: "text" }}
        labelRender={({ value }) => <FieldName table={table} name={String(value)} />}
        optionRender={({ data }) => (
          <span className="column-option">
            <span>{data.label}</span>
            {data.taken && <small>{data.taken}</small>}
          </span>
        )}
        popupMatchSelectWidth={260}
      />
    </li>
  );
}

/** The fields that a column may fill; one that another column fills says so. */
function useFieldOptions(table: Table, asked: Options, mapping: Mapping, column: string) {
  const { t } = useTranslation();
  const { label } = useFormat();
  return useMemo(() => {
    const fields = importable(table, asked).map((field) => {
      const taken = columnOf(mapping, field.key);
      return {
        value: field.key,
        text: label(field.label),
        label: <FieldName table={table} name={field.key} />,
        taken: taken !== null && taken !== column ? t("imports.takenBy", { column: taken }) : "",
      };
    });
    const nothing = { value: "", text: t("imports.leaveOut"), label: t("imports.leaveOut"), taken: "" };
    return [nothing, ...fields];
  }, [table, asked, mapping, column, label, t]);
}

function FieldName({ table, name }: { table: Table; name: string }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const field = table.byKey.get(name);
  if (!field) return <span className="muted">{t("imports.leaveOut")}</span>;
  return (
    <>
      {label(field.label)}
      {isNeeded(field) && (
        <em className="needed" title={t("imports.needed")}>
          *
        </em>
      )}
    </>
  );
}
