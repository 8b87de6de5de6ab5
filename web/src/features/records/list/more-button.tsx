import { DeleteOutlined, DownloadOutlined, MoreOutlined, PrinterOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Table } from "@/api/meta";
import type { Shown } from "@/api/views";
import { useExport } from "./use-export";

type Props = { table: Table; shown: Shown; count: number | null; onPrint: (() => void) | null };

/** What one does with a whole list now and then: bring in, take out, print, look into the bin. */
export function MoreButton({ table, shown, count, onPrint }: Props) {
  const { t } = useTranslation();
  const take = useExport(table, shown, count);
  const exported = (format: "xlsx" | "csv", text: string) => ({
    key: format,
    icon: <DownloadOutlined aria-hidden />,
    label: text,
    onClick: () => void take(format),
  });
  const page = (key: string, icon: ReactNode, text: string) => ({
    key,
    icon,
    label: <Link to={`/t/${table.key}/${key}`}>{text}</Link>,
  });
  const { rights } = table;
  const items = [
    ...(rights.import && rights.create ? [page("import", <UploadOutlined aria-hidden />, t("records.import"))] : []),
    ...(rights.export ? [exported("xlsx", t("records.exportSheet")), exported("csv", t("records.exportText"))] : []),
    ...(onPrint
      ? [{ key: "print", icon: <PrinterOutlined aria-hidden />, label: t("common.print"), onClick: onPrint }]
      : []),
    ...(rights.delete ? [page("bin", <DeleteOutlined aria-hidden />, t("records.bin"))] : []),
  ];
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
      <Button icon={<MoreOutlined aria-hidden />} aria-label={t("common.more")} title={t("common.more")} />
    </Dropdown>
  );
}
