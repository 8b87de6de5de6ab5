import { SwapOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { late } from "@/ui/late";
import { useKeys } from "@/ui/use-keys";
import { isEmpty } from "@/widgets/field";
import { LinkCell } from "@/widgets/link-cell";

const ConvertDialog = late(async () => (await import("./convert-dialog")).ConvertDialog);

/** Whether one may turn this record into what its table's records become. */
export function mayConvert(table: Table, record: Rec): boolean {
  const { converts, rights, settings } = table;
  if (!converts || !rights.convert || !rights.update) return false;
  if (converts.targets.some(({ link }) => !isEmpty(record[link]))) return false;
  const isPooled = settings.pool && settings.owner ? isEmpty(record[settings.owner]) : false;
  // What lies in the pool is claimed first, unless one is who shares it out.
  return !isPooled || Boolean(rights.assign);
}

/** V opens the dialog; `open` is null where there is nothing to convert. */
export function useConvert(table: Table, record: Rec) {
  const [isOpen, setOpen] = useState(false);
  const may = mayConvert(table, record);
  const open = () => setOpen(true);
  useKeys({ v: open }, may);
  const dialog = isOpen && <ConvertDialog table={table} record={record} onClose={() => setOpen(false)} />;
  return { open: may ? open : null, dialog };
}

export function ConvertButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <Button icon={<SwapOutlined aria-hidden />} onClick={onOpen} title={`${t("convert.go")} (V)`}>
      {t("convert.go")}
    </Button>
  );
}

/** What the record became, each a step away. */
export function Became({ table, record }: { table: Table; record: Rec }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const links = (table.converts?.targets ?? []).flatMap(({ link, table: to }) => {
    const field = table.byKey.get(link);
    const target = meta.table.get(to);
    return field && target && !isEmpty(record[link]) ? [{ field, target, value: record[link] }] : [];
  });
  if (links.length === 0) return null;
  return (
    <p className="became">
      {t("convert.became")}
      {links.map(({ field, target, value }) => (
        <span key={field.key}>
          {label(target.label)} <LinkCell value={value} field={field} />
        </span>
      ))}
    </p>
  );
}
