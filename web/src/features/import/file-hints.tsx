import { DownloadOutlined, EyeOutlined, HistoryOutlined, LinkOutlined, UndoOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { save } from "./save";
import { templateOf } from "./template";

/** What one should know before one dares, and a sheet to begin with. */
export function FileHints({ table }: { table: Table }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const hints = [
    { key: "map", icon: <LinkOutlined /> },
    { key: "look", icon: <EyeOutlined /> },
    { key: "undo", icon: <UndoOutlined /> },
  ] as const;
  const download = () =>
    save(
      templateOf(table, { label, required: t("imports.requiredMark") }),
      `${t("imports.templateName", { table: label(table.label) })}.csv`,
    );
  return (
    <>
      <ul className="import-hints">
        {hints.map(({ key, icon }) => (
          <li key={key}>
            <span aria-hidden="true">{icon}</span>
            <b>{t(`imports.hint.${key}.title`)}</b>
            <p>{t(`imports.hint.${key}.text`)}</p>
          </li>
        ))}
      </ul>
      <div className="import-aside">
        <Button type="text" icon={<DownloadOutlined />} onClick={download}>
          {t("imports.template")}
        </Button>
        <Link to="/changes" className="ant-btn-like">
          <HistoryOutlined /> {t("imports.past")}
        </Link>
      </div>
    </>
  );
}
