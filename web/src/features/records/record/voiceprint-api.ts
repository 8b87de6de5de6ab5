import { queryOptions } from "@tanstack/react-query";
import { recordsKey } from "@/api/keys";
import type { Table } from "@/api/meta";
import { listRecords } from "@/api/records";
import type { Relation } from "@/api/relations";
import { DAYS } from "./voiceprint-bars";

const MOST = 1000;

/** The field that says how one spoke: it colours the bars. */
export const kindOf = (table: Table) =>
  table.settings.summary.flatMap((key) => table.byKey.get(key) ?? []).find((one) => one.widget === "dropdown");

/** The contacts of the last ninety days. */
export const voiceprintQuery = ({ table, field }: Relation, id: number) => {
  const moment = table.settings.timeline ?? "";
  const kind = kindOf(table);
  return queryOptions({
    queryKey: [...recordsKey(table.key), "voiceprint", field.key, id],
    queryFn: ({ signal }) =>
      listRecords(
        table.key,
        {
          filter: {
            all: [
              { field: field.key, op: "eq", value: id },
              { field: moment, op: "gte", value: `@last_${DAYS}_days` },
            ],
          },
          fields: kind ? [moment, kind.key] : [moment],
          limit: MOST,
          count: "exact",
        },
        signal,
      ),
  });
};
