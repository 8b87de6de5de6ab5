import { RollbackOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ChangeSet } from "@/api/change-sets";
import { Notice } from "@/ui/notice";
import { ProgressBar } from "@/ui/progress-bar";
import { UndoOutcome } from "./undo-outcome";
import { useUndo } from "./use-undo";
import "./undo.css";

/** Takes many changes back at once: asks first, shows how far it is, and what people have changed since. */
export function Undo({ set }: { set: ChangeSet }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { start, isRunning, share, undone, why } = useUndo(set);
  const isRedo = set.kind === "undo";
  const ask = () =>
    modal.confirm({
      title: isRedo ? t("undo.askRedo") : t("undo.ask"),
      content: isRedo ? t("undo.askRedoText") : t("undo.askText"),
      okText: isRedo ? t("undo.redo") : t("undo.start"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      focusable: { autoFocusButton: "cancel" },
      onOk: start,
    });
  if (undone)
    return (
      <div className="undo">
        <UndoOutcome undone={undone} />
      </div>
    );
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
          <p className="muted">{isRedo ? t("undo.offerRedo") : t("undo.offer")}</p>
          <Button danger icon={<RollbackOutlined aria-hidden />} onClick={ask}>
            {isRedo ? t("undo.redo") : t("undo.start")}
          </Button>
        </div>
      )}
    </div>
  );
}
