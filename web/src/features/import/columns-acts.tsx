import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import { useIsPhone } from "@/ui/use-is-phone";
import type { StepProps } from "./use-import";

/** Another file, or go: the button says how many records it will write. */
export function ColumnsActs({ wizard }: StepProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const isPhone = useIsPhone();
  const { counts } = wizard.checked ?? {};
  const written = (counts?.created ?? 0) + (counts?.updated ?? 0);
  const canStart = !wizard.obstacle && !wizard.isChecking && !wizard.isStale && !wizard.isStarting && written > 0;
  const needsLook = wizard.isStale && !wizard.obstacle;
  const act = needsLook ? wizard.checkAgain : canStart ? wizard.start : null;
  useCtrlEnter(act);
  return (
    <div className="import-acts">
      <Button onClick={wizard.restart}>{t("imports.otherFile")}</Button>
      {needsLook ? (
        <Button type="primary" onClick={wizard.checkAgain}>
          {t("imports.checkAgain")}
        </Button>
      ) : (
        <Button
          type="primary"
          disabled={!canStart}
          loading={wizard.isStarting || wizard.isChecking}
          onClick={() => wizard.start()}
        >
          {wizard.isChecking ? t("imports.looking") : t("imports.start", { n: number(written) })}
          {!isPhone && canStart && <kbd>Ctrl ↵</kbd>}
        </Button>
      )}
    </div>
  );
}

/** The page's main act by keyboard, from wherever one is. */
function useCtrlEnter(act: (() => unknown) | null) {
  const current = useRef(act);
  current.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) current.current?.();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
