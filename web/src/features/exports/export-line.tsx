import { CloseOutlined, DownloadOutlined, FileExcelOutlined, FileTextOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { type Export, removeExport } from "@/api/exports";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { ProgressBar } from "@/ui/progress-bar";

type Props = { export: Export; isFetched: boolean; onFetch: (one: Export) => void };

/** One export: its name, how it stands, and the way out of it. */
export function ExportLine({ export: one, isFetched, onFetch }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const isOver = one.state === "done" || one.state === "failed";
  const remove = () => removeExport(client, one.job).catch((error) => message.error(sentenceOf(error)));
  const away = t(isOver ? "exports.remove" : "exports.stop");
  const Sign = one.name.endsWith(".csv") ? FileTextOutlined : FileExcelOutlined;
  return (
    <li className="export">
      <span className="export-sign" aria-hidden="true">
        <Sign />
      </span>
      <div className="export-what">
        <b className="ellipsis" title={one.name}>
          {one.name}
        </b>
        <Standing export={one} isFetched={isFetched} />
      </div>
      {one.url && (
        <Button
          type={isFetched ? "default" : "primary"}
          size="small"
          icon={<DownloadOutlined aria-hidden />}
          aria-label={`${t("exports.download")} ${one.name}`}
          title={t("exports.download")}
          onClick={() => onFetch(one)}
        />
      )}
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined aria-hidden />}
        aria-label={`${away} ${one.name}`}
        title={away}
        onClick={remove}
      />
    </li>
  );
}

function Standing({ export: one, isFetched }: Pick<Props, "export" | "isFetched">) {
  const { t } = useTranslation();
  const { number, bytes, when } = useFormat();
  if (one.state === "failed")
    return (
      <p className="export-fault" role="alert">
        {one.error?.detail || t("common.failed")}
      </p>
    );
  if (one.state === "done") {
    const facts = { n: number(one.records), size: bytes(one.size ?? 0), until: when(one.expires_at ?? "") };
    return <p role="status">{isFetched ? t("exports.fetched") : t("exports.ready", facts)}</p>;
  }
  const isWaiting = one.state === "queued";
  return (
    <>
      <p>
        {isWaiting ? t("exports.waiting") : `${t("exports.running")} ${Math.round(one.progress * 100)}%`}
        <span>{t("exports.rows", { n: number(one.records) })}</span>
      </p>
      <ProgressBar share={isWaiting ? null : one.progress} label={`${t("exports.running")} ${one.name}`} />
    </>
  );
}
