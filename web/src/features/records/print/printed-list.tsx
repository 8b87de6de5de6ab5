import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import type { Shown } from "@/api/views";
import { useIsPrinting } from "@/ui/use-is-printing";
import type { ListSource } from "../list/use-list-source";
import { PrintedRows } from "./printed-rows";
import { knownRows } from "./use-print-list";

type Props = { table: Table; shown: Shown; source: ListSource };

/** The list on paper: what its view shows, as far as the rows have been fetched. */
export function PrintedList({ table, shown, source }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  if (!useIsPrinting()) return null;
  const columns = shown.columns.flatMap((key) => table.byKey.get(key) ?? []);
  return (
    <section className="printed-list">
      {shown.search && <p className="printed-asked">{t("records.printedSearch", { words: shown.search })}</p>}
      <PrintedRows
        table={table}
        columns={columns}
        records={knownRows(client, table.key, source.query)}
        count={source.count}
      />
    </section>
  );
}
