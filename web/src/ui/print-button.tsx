import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useIsPhone } from "./use-is-phone";

/** Prints what one looks at; nobody prints from the telephone in the hand. */
export function PrintButton() {
  const { t } = useTranslation();
  if (useIsPhone()) return null;
  return (
    <Button
      type="text"
      className="print-button"
      icon={<PrinterOutlined aria-hidden />}
      onClick={() => window.print()}
      aria-label={t("common.print")}
      title={t("common.print")}
    />
  );
}
