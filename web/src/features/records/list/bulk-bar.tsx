import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { RecordActions } from "../actions/record-actions";
import type { Selection } from "./use-selection";
import "./bulk-bar.css";

/** Rises when records are picked: how many, and what can be done with them. */
export function BulkBar({ table, selection }: { table: Table; selection: Selection }) {
  const { t } = useTranslation();
  if (selection.ids.size === 0) return null;
  return (
    <section className="bulk" aria-label={t("records.selected", { count: selection.ids.size })}>
      <b>{t("records.selected", { count: selection.ids.size })}</b>
      <RecordActions
        table={table}
        ids={[...selection.ids]}
        inPool={null}
        shown={5}
        onDone={({ refused }) => selection.select(refused.map(({ id }) => id))}
      />
      <Button
        type="text"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t("common.clear")}
        onClick={selection.clear}
      />
    </section>
  );
}
