import { FileExcelOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import { ProgressBar } from "@/ui/progress-bar";

type Props = {
  /** Null after a reload: the server has it already. */
  file: File | null;
  /** The share that has gone; null = all of it, and it is being looked at. */
  sent: number | null;
  checked: number;
  onCancel: () => void;
};

/** A file on its way, and then being looked at. */
export function Sending({ file, sent, checked, onCancel }: Props) {
  const { t } = useTranslation();
  const { bytes, number } = useFormat();
  const share = sent ?? checked;
  const words = sent === null ? t("imports.checking") : t("imports.sending");
  return (
    <div className="sending">
      <FileExcelOutlined aria-hidden />
      <div className="sending-text">
        <b className="ellipsis">{file?.name ?? t("imports.theFile")}</b>
        <span className="muted" role="status">
          {words}
          {share > 0 && ` ${number(Math.round(share * 100))}%`}
          {file && ` · ${bytes(file.size)}`}
        </span>
      </div>
      <Button onClick={onCancel}>{t("common.cancel")}</Button>
      <ProgressBar share={share > 0 ? share : null} label={words} />
    </div>
  );
}
