import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isUnderWay, recordRunsQuery } from "@/api/flow-runs";
import type { Table } from "@/api/meta";
import { RunNote } from "@/widgets/run-note/run-note";

/** What flows do with a record of a table that has no brief to say it in. Nothing under way: nothing there. */
export function RunningFlows({ table, id }: { table: Table; id: number }) {
  const { t } = useTranslation();
  const { data: runs } = useQuery(recordRunsQuery(table.key, id));
  const underWay = (runs ?? []).filter(isUnderWay);
  if (underWay.length === 0) return null;
  return (
    <section className="card record-runs" aria-label={t("flows.onRecord")}>
      <h2>{t("flows.onRecord")}</h2>
      {underWay.map((run) => (
        <RunNote key={run.id} run={run} table={table} />
      ))}
    </section>
  );
}
