import { useTranslation } from "react-i18next";
import type { Field, Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { widgets } from "@/widgets/registry";
import { Editable } from "./editable";
import type { Save } from "./use-save";

type Props = { table: Table; record: Rec; save: Save };

const readable = (table: Table) => table.fields.filter((field) => field.readable && field.key !== "id");

/** Every field, to be read and changed in its place. */
export function Details({ table, record, save }: Props) {
  return (
    <div className="card details">
      <Pairs fields={readable(table)} record={record} save={save} />
    </div>
  );
}

/** The fields that were filled in, beside the form one writes in while speaking. */
export function DetailsCard({ table, record, save }: Props) {
  const { t } = useTranslation();
  const fields = readable(table).filter((field) => !field.automatic && field.key !== table.settings.stage);
  return (
    <section className="card side-card">
      <h2>{t("records.details")}</h2>
      <Pairs fields={fields} record={record} save={save} />
    </section>
  );
}

function Pairs({ fields, record, save }: { fields: readonly Field[]; record: Rec; save: Save }) {
  const { label } = useFormat();
  return (
    <dl className="pairs">
      {fields.map((field) => (
        <div key={field.key} className={widgets.get(field.widget)?.wide ? "pair wide" : "pair"}>
          <dt>{label(field.label)}</dt>
          <dd>
            <Editable record={record} field={field} save={save} place="inline" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
