import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { isEmpty } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { type Past, useHistory } from "../api";
import "./history.css";

/** Who changed which field, from what to what, and when. */
export function History({ table, id }: { table: Table; id: number }) {
  const { t } = useTranslation();
  const { data } = useHistory(table.key, id);
  if (data && data.length === 0) return <Empty title={t("records.historyEmpty")} />;
  return (
    <ol className="card history">
      {(data ?? []).map((past) => (
        <Entry key={`${past.at} ${past.kind}`} table={table} past={past} />
      ))}
    </ol>
  );
}

function Entry({ table, past }: { table: Table; past: Past }) {
  const { t } = useTranslation();
  const { label, when, dateTime } = useFormat();
  const { person } = useMeta();
  const changes = past.kind === "created" ? past.changes.filter(({ to }) => !isEmpty(to)) : past.changes;
  const words: Record<string, string> = {
    created: t("records.createdEntry"),
    deleted: t("records.deletedEntry"),
    restored: t("records.restoredEntry"),
  };
  return (
    <li>
      <div className="history-head">
        <b>{past.by ? (person.get(past.by)?.name ?? `#${past.by}`) : t("records.system")}</b>
        <span>{words[past.kind] ?? t("records.changed", { count: changes.length })}</span>
        {past.note && <span className="muted">{past.note}</span>}
        <time dateTime={past.at} title={dateTime(past.at)}>
          {when(past.at)}
        </time>
      </div>
      <dl>
        {changes.map((change) => {
          const field = table.byKey.get(change.field);
          if (!field) return null;
          return (
            <div key={change.field}>
              <dt>{label(field.label)}</dt>
              {past.kind !== "created" && (
                <>
                  <dd className="history-from">
                    <FieldCell value={change.from} field={field} roomy />
                  </dd>
                  <span aria-hidden="true">→</span>
                </>
              )}
              <dd>
                <FieldCell value={change.to} field={field} roomy />
              </dd>
            </div>
          );
        })}
      </dl>
    </li>
  );
}
