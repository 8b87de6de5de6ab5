import { PlusOutlined } from "@ant-design/icons";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { recordsKey } from "@/api/keys";
import { type Field, mayCreate, type Table } from "@/api/meta";
import { listRecords, type Rec } from "@/api/records";
import type { Relation } from "@/api/relations";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { viewOf, viewSort } from "@/api/views";
import { writeList } from "@/lib/list-url";
import { Empty } from "@/ui/empty";
import { textOf } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { placeOf, RecordPlaceContext } from "@/widgets/record-place";
import { RecordForm } from "../form/record-form";
import { recordAddress } from "./whereabouts";
import "./related.css";

const ROWS = 20;
const COLUMNS = 6;

const filterOf = ({ field }: Relation, id: number) =>
  field.refers?.many ? { field: field.key, op: "has", value: id } : { field: field.key, op: "eq", value: id };

/** The first rows of a table that point at the record, with their exact number. */
export const relatedQuery = (relation: Relation, id: number) =>
  queryOptions({
    queryKey: [...recordsKey(relation.table.key), "related", relation.field.key, id],
    queryFn: ({ signal }) =>
      listRecords(
        relation.table.key,
        {
          filter: filterOf(relation, id),
          sort: viewSort(viewOf(relation.table, "all")),
          fields: columnsOf(relation).map(({ key }) => key),
          limit: ROWS,
          count: "exact",
        },
        signal,
      ),
  });

export function columnsOf({ table, field }: Relation): Field[] {
  const { title, columns } = table.settings;
  const keys = [...(title ? [title] : []), ...columns];
  return [...new Set(keys)]
    .filter((key) => key !== field.key)
    .flatMap((key) => table.byKey.get(key) ?? [])
    .slice(0, COLUMNS);
}

type Props = { relation: Relation; table: Table; record: Rec };

/** Records of another table that belong to this one. */
export function Related({ relation, table, record }: Props) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const [isNew, setNew] = useState(false);
  const { data } = useQuery(relatedQuery(relation, record.id));
  const other = relation.table;
  const name = label(other.label);
  const here = { id: record.id, title: titleOf(table, record) };
  const list = `/t/${other.key}?${writeList({ view: "all", filter: filterOf(relation, record.id), sort: null, columns: null, search: "" })}`;
  return (
    <>
      {data && data.records.length === 0 ? (
        <Empty title={t("records.relatedEmpty", { table: name })} />
      ) : (
        <Rows relation={relation} records={data?.records ?? []} />
      )}
      <div className="related-foot">
        {mayCreate(other) && relation.field.creatable && (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => setNew(true)}>
            {t("records.new", { table: name })}
          </Button>
        )}
        {(data?.count ?? 0) > ROWS && (
          <Link to={list}>{t("records.seeAll", { count: number(data?.count ?? 0) as unknown as number })}</Link>
        )}
      </div>
      {isNew && (
        <RecordForm
          table={other}
          record={null}
          given={{ [relation.field.key]: relation.field.refers?.many ? [here] : here }}
          onClose={() => setNew(false)}
        />
      )}
    </>
  );
}

function Rows({ relation, records }: { relation: Relation; records: readonly Rec[] }) {
  const { label } = useFormat();
  const navigate = useNavigate();
  const columns = columnsOf(relation);
  const { key, settings } = relation.table;
  return (
    <div className="card related">
      <table>
        <thead>
          <tr>
            {columns.map((field) => (
              <th key={field.key}>{label(field.label)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id} onClick={() => navigate(recordAddress(key, record.id))}>
              <RecordPlaceContext value={placeOf(relation.table, record)}>
                {columns.map((field, place) => (
                  <td key={field.key} className="ellipsis">
                    {place === 0 || field.key === settings.title ? (
                      <Link to={recordAddress(key, record.id)} onClick={(event) => event.stopPropagation()}>
                        {field.key === settings.title
                          ? titleOf(relation.table, record)
                          : textOf(record[field.key]) || `#${record.id}`}
                      </Link>
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
    </div>
  );
}
