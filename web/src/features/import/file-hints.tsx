import { DownloadOutlined, EyeOutlined, HistoryOutlined, LinkOutlined, RollbackOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { save } from "./save";
import { templateOf } from "./template";

/** What one should know before one dares, and a sheet to begin with. */
export function FileHints({ table }: { table: Table }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const navigate = useNavigate();
  const hints = [
    { key: "map", icon: <LinkOutlined /> },
    { key: "look", icon: <EyeOutlined /> },
    { key: "undo", icon: <RollbackOutlined /> },
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
        <Button type="text" icon={<DownloadOutlined aria-hidden />} onClick={download}>
          {t("imports.template")}
        </Button>
        <Button type="text" icon={<HistoryOutlined aria-hidden />} onClick={() => navigate("/changes")}>
          {t("imports.past")}
        </Button>
      </div>
    </>
  );
}
