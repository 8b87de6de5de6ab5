import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { Empty } from "@/ui/empty";
import { RecordBar } from "./record-bar";
import { RecordView } from "./record-view";
import { useWhereabouts } from "./whereabouts";
import "./record.css";

type Props = { renderPhone?: (shown: { table: Table; record: Rec }) => ReactNode };

/** `/t/:table/:id`: all about one record. */
export function RecordPage({ renderPhone }: Props) {
  const { t } = useTranslation();
  const { table: key = "", id = "" } = useParams();
  const table = useMeta().table.get(key);
  const whereabouts = useWhereabouts();
  if (!table || !/^\d{1,15}$/.test(id))
    return <Empty title={t("common.notFoundTitle")} hint={t("records.recordGone")} />;
  return (
    <div className="record-page">
      <RecordBar table={table} whereabouts={whereabouts} />
      <RecordView key={`${key} ${id}`} table={table} id={Number(id)} {...(renderPhone ? { renderPhone } : {})} />
    </div>
  );
}
