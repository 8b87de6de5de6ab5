import { UndoOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { faultOf } from "@/api/jobs";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { ProgressBar } from "@/ui/progress-bar";
import { type Conflict, useUndo } from "./use-undo";
import "./undo.css";

type Props = {
  changeSet: number;
  /** How many records it would take back. */
  count: number;
};

/** Takes many changes back at once: asks first, shows how far it is, and what people have changed since. */
export function Undo({ changeSet, count }: Props) {
  const { t } = useTranslation();
  const { language, number } = useFormat();
  const { modal } = App.useApp();
  const { start, isRunning, share, failed, undone, error } = useUndo(changeSet);
  const ask = () =>
    modal.confirm({
      title: t("undo.askTitle", { n: number(count) }),
      content: t("undo.askText"),
      okText: t("undo.yes"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      autoFocusButton: "cancel",
      onOk: start,
    });
  const why = error ? sentenceOf(error) : failed ? faultOf(failed, language) || t("common.failed") : "";
  if (undone) return <Undone count={undone.undone} conflicts={undone.conflicts} />;
  return (
    <div className="undo">
      {why && <Notice tone="cinnabar">{why}</Notice>}
      {isRunning ? (
        <div className="undo-running">
          <span role="status">{t("undo.running")}</span>
          <ProgressBar share={share > 0 ? share : null} label={t("undo.running")} />
        </div>
      ) : (
        <div className="undo-offer">
          <p className="muted">{t("undo.offer")}</p>
          <Button danger icon={<UndoOutlined />} onClick={ask}>
            {t("undo.start")}
          </Button>
        </div>
      )}
    </div>
  );
}

const MOST_SHOWN = 50;

function Undone({ count, conflicts }: { count: number; conflicts: Conflict[] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <div className="undo">
      <Notice tone={conflicts.length > 0 ? "amber" : "jade"}>
        {t("undo.done", { n: number(count) })}
        {conflicts.length > 0 && ` ${t("undo.conflicts", { n: number(conflicts.length) })}`}
      </Notice>
      {conflicts.length > 0 && (
        <ul className="undo-conflicts">
          {conflicts.slice(0, MOST_SHOWN).map((conflict) => (
            <li key={`${conflict.table} ${conflict.id}`}>
              <ConflictLine conflict={conflict} />
            </li>
          ))}
          {conflicts.length > MOST_SHOWN && (
            <li className="muted">{t("undo.more", { n: number(conflicts.length - MOST_SHOWN) })}</li>
          )}
        </ul>
      )}
    </div>
  );
}

function ConflictLine({ conflict: { table, id, title, detail } }: { conflict: Conflict }) {
  const name = title || `#${id ?? ""}`;
  return (
    <>
      {table && id ? <Link to={`/t/${table}/${id}`}>{name}</Link> : <b>{name}</b>}
      <span className="muted">{detail}</span>
    </>
  );
}
