import { CloseOutlined, EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Shown } from "@/api/views";
import { late } from "@/ui/late";
import { RecordActions } from "../actions/record-actions";
import { bulkFields } from "../bulk/bulk-fields";
import type { Selection } from "./use-selection";
import "./bulk-bar.css";

const BulkEdit = late(async () => (await import("../bulk/bulk-edit")).BulkEdit);

type Props = {
  table: Table;
  selection: Selection;
  shown: Shown;
  /** How many records the list finds. */
  count: number | null;
};

/** Rises when records are picked: how many, and what can be done with them. */
export function BulkBar({ table, selection, shown, count }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [isEditing, setEditing] = useState(false);
  const { ids, isAll } = selection;
  if (ids.size === 0) return null;
  const mayEdit = table.rights.update && bulkFields(table).length > 0;
  const words = isAll
    ? t("bulk.allSelected", { count: number(count ?? 0) as unknown as number })
    : t("records.selected", { count: ids.size });
  const target = isAll
    ? { filter: shown.filter, search: shown.search }
    : { filter: { field: "id", op: "in", value: [...ids] }, search: "" };
  return (
    <section className="bulk" aria-label={words}>
      <b>{words}</b>
      {mayEdit && !isAll && count !== null && count > ids.size && (
        <Button type="link" onClick={selection.selectAll}>
          {t("bulk.all", { count: number(count) as unknown as number })}
        </Button>
      )}
      {mayEdit && (
        <Button icon={<EditOutlined aria-hidden />} onClick={() => setEditing(true)}>
          {t("bulk.edit")}
        </Button>
      )}
      {/* The others name their records one by one. */}
      {!isAll && (
        <RecordActions
          table={table}
          ids={[...ids]}
          inPool={null}
          shown={5}
          onDone={({ refused }) => selection.select(refused.map(({ id }) => id))}
        />
      )}
      <Button
        type="text"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t("common.clear")}
        onClick={selection.clear}
      />
      {isEditing && (
        <BulkEdit
          table={table}
          target={target}
          onDone={() => {
            setEditing(false);
            selection.clear();
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </section>
  );
}
