import { useTranslation } from "react-i18next";
import type { Field, Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { FieldCell } from "@/widgets/field-cell";
import { placeOf, RecordPlaceContext } from "@/widgets/record-place";
import { widgets } from "@/widgets/registry";
import "./print.css";

type Props = { table: Table; columns: readonly Field[]; records: readonly Rec[]; count: number | null | undefined };

/** Records on paper: a real table, so that its head stands on every sheet. */
export function PrintedRows({ table, columns, records, count }: Props) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  return (
    <>
      <table className="printed-rows">
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.key} scope="col" className={alignOf(field)}>
                {label(field.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              <RecordPlaceContext value={placeOf(table, record)}>
                {columns.map((field) => (
                  <td key={field.key} className={alignOf(field)}>
                    {field.key === table.settings.title ? (
                      <b>{titleOf(table, record)}</b>
                    ) : (
                      <FieldCell value={record[field.key]} field={field} />
                    )}
                  </td>
                ))}
              </RecordPlaceContext>
            </tr>
          ))}
        </tbody>
      </table>
      {count != null && count > records.length && (
        <p className="printed-more">
          {t("records.printedPart", { shown: number(records.length), count: number(count) as unknown as number })}
        </p>
      )}
    </>
  );
}

const alignOf = (field: Field) => widgets.get(field.widget)?.align;
