import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Field, type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { dueOf } from "@/lib/due";
import { Chip } from "@/ui/chip";
import { textOf } from "../field";
import { FieldCell } from "../field-cell";
import { linkedOf } from "../linked";
import type { ChartProps } from "./chart";
import "./list.css";

type Rec = ChartProps["tile"]["records"][number];

/** The first of the records that wait; each row leads to its record. */
export function ListChart({ tile }: ChartProps) {
  const { label } = useFormat();
  const table = useMeta().table.get(tile.table);
  if (!table) return null;
  const { columns, readOf } = columnsOf(table, tile.columns);
  return (
    <table className="waiting" aria-label={label(tile.label)}>
      <thead>
        <tr>
          {columns.map(({ key, label: text }) => (
            <th scope="col" key={key}>
              {label(text)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tile.records.map((record) => (
          <tr key={record.id}>
            {columns.map((field, place) => (
              <td key={field.key}>
                {place === 0 ? (
                  <Link to={recordAt(table, record)}>{nameOf(readOf(record, field)) || `#${record.id}`}</Link>
                ) : (
                  <Cell value={readOf(record, field)} field={field} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/**
 * Links to different kinds of people stand in one column: a task is about a lead or about an account, and two columns
 * of which one is always empty say less than one.
 */
function columnsOf(table: Table, keys: readonly string[]) {
  const fields = keys.flatMap((key) => table.byKey.get(key) ?? []);
  const isLink = (field: Field) => field.refers && !field.refers.many && !field.refers.table.startsWith("@");
  const links = fields.filter(isLink);
  const columns = fields.filter((field) => !isLink(field) || field === links[0]);
  const readOf = (record: Rec, field: Field) =>
    field === links[0] ? links.map(({ key }) => record[key]).find((value) => value) : record[field.key];
  return { columns, readOf };
}

const nameOf = (value: unknown) => linkedOf(value)[0]?.title ?? textOf(value);

const recordAt = (table: Table, { id }: Rec) => `/t/${table.key}/${id}`;

/** A moment that has gone by is told by how long ago. */
function Cell({ value, field }: { value: unknown; field: Field }) {
  const { t } = useTranslation();
  const { zone } = useFormat();
  if (field.widget === "date-time" && typeof value === "string" && !field.automatic) {
    const due = dueOf(value, new Date(), zone);
    if (due.state === "late") {
      const [unit, count] =
        due.days > 0
          ? (["days", due.days] as const)
          : due.hours > 0
            ? (["hours", due.hours] as const)
            : (["minutes", due.minutes] as const);
      return <Chip tone="cinnabar">{t(`dashboards.late.${unit}`, { count })}</Chip>;
    }
  }
  return <FieldCell value={value} field={field} />;
}
