import { useQueryClient } from "@tanstack/react-query";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { relationsTo } from "@/api/relations";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { useIsPrinting } from "@/ui/use-is-printing";
import { isEmpty } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { widgets } from "@/widgets/registry";
import { columnsOf, relatedQuery } from "../record/related";
import { PrintedRows } from "./printed-rows";

type Props = { table: Table; record: Rec };

/** A record on paper: what it is, every field that is filled in, and the records that belong to it. */
export function PrintedRecord({ table, record }: Props) {
  return useIsPrinting() ? <Sheet table={table} record={record} /> : null;
}

function Sheet({ table, record }: Props) {
  const { label } = useFormat();
  const meta = useMeta();
  const client = useQueryClient();
  const fields = table.fields.filter(
    ({ key, readable }) => readable && key !== "id" && key !== table.settings.title && !isEmpty(record[key]),
  );
  return (
    <article className="printed-record">
      <p className="printed-kind">{label(table.label)}</p>
      <h1>{titleOf(table, record)}</h1>
      <dl className="printed-pairs">
        {fields.map((field) => (
          <div key={field.key} className={widgets.get(field.widget)?.wide ? "wide" : ""}>
            <dt>{label(field.label)}</dt>
            <dd>
              <FieldCell value={record[field.key]} field={field} />
            </dd>
          </div>
        ))}
      </dl>
      {relationsTo(meta, table.key).map((relation) => {
        const found = client.getQueryData(relatedQuery(relation, record.id).queryKey);
        if (!found || found.records.length === 0) return null;
        return (
          <section key={`${relation.table.key} ${relation.field.key}`}>
            <h2>{label(relation.table.label)}</h2>
            <PrintedRows
              table={relation.table}
              columns={columnsOf(relation)}
              records={found.records}
              count={found.count}
            />
          </section>
        );
      })}
    </article>
  );
}
