import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { recordsKey } from "@/api/keys";
import { useMeta } from "@/api/meta";
import { listRecords } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { textOf } from "../field";
import { byRecord, type Conflict, type Undone } from "./undone";

const MOST_SHOWN = 50;

/** What an undo did, and what it left because somebody has changed it since. */
export function UndoOutcome({ undone: { undone, conflicts, conflict_count } }: { undone: Undone }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const records = byRecord(conflicts).slice(0, MOST_SHOWN);
  const told = records.reduce((sum, one) => sum + one.length, 0);
  return (
    <>
      <Notice tone={conflict_count > 0 ? "amber" : "jade"}>
        <p>{t("undo.done", { n: number(undone) })}</p>
        {conflict_count > 0 && <p>{t("undo.conflicts", { n: number(conflict_count) })}</p>}
      </Notice>
      {records.length > 0 && (
        <ul className="undo-conflicts">
          {records.map((one) => (
            <Kept key={`${one[0]?.table} ${one[0]?.record}`} conflicts={one} />
          ))}
          {conflict_count > told && <li className="muted">{t("undo.more", { n: number(conflict_count - told) })}</li>}
        </ul>
      )}
    </>
  );
}

/** One record that was not taken back, or not all of it. */
function Kept({ conflicts }: { conflicts: readonly Conflict[] }) {
  const { label } = useFormat();
  const meta = useMeta();
  const [first] = conflicts;
  const name = useTitle(first?.table ?? "", first?.record ?? 0);
  if (!first) return null;
  const table = meta.table.get(first.table);
  return (
    <li>
      {name === null ? <b>#{first.record}</b> : <Link to={`/t/${first.table}/${first.record}`}>{name}</Link>}
      {conflicts.map(({ field, detail }) => {
        const known = table?.byKey.get(field ?? "");
        return (
          <span key={field ?? ""} className="muted">
            {known && <b>{label(known.label)} </b>}
            {detail}
          </span>
        );
      })}
    </li>
  );
}

/** The record's name; null as long as it is not known, or not to be seen. */
function useTitle(table: string, id: number): string | null {
  const title = useMeta().table.get(table)?.settings.title ?? null;
  const { data } = useQuery({
    queryKey: [...recordsKey(table), "title", id],
    queryFn: async ({ signal }) => {
      const filter = { field: "id", op: "eq", value: id };
      return await listRecords(table, { filter, fields: title ? [title] : ["id"], limit: 1, count: "none" }, signal);
    },
    enabled: id > 0,
  });
  const record = data?.records[0];
  return record ? (title && textOf(record[title])) || `#${id}` : null;
}
