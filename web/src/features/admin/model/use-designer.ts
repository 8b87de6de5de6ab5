import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker, useSearchParams } from "react-router";
import type { DesignTable } from "./api";
import { isSystem } from "./draft";

/** What the right side is about. It stands in the address, so that the way back leads through it. */
export type Chosen =
  | { kind: "nothing" }
  | { kind: "settings" }
  | { kind: "field"; key: string }
  | { kind: "new"; type: string };

export function chosenOf(parameters: URLSearchParams, table: Pick<DesignTable, "fields">): Chosen {
  const [field, type] = [parameters.get("field"), parameters.get("new")];
  if (parameters.has("settings")) return { kind: "settings" };
  if (type) return { kind: "new", type };
  const known = table.fields.some((one) => one.key === field && !isSystem(one));
  return field && known ? { kind: "field", key: field } : { kind: "nothing" };
}

/** What is chosen, how to choose, and that nothing half done is left behind unasked. */
export function useDesigner(table: DesignTable) {
  const [parameters, setParameters] = useSearchParams();
  const guard = useRef(false);
  const [turn, setTurn] = useState(0);
  useUnsavedGuard(guard);
  const chosen = chosenOf(parameters, table);
  const go = (next: Record<string, string>, done = false) => {
    if (done) {
      guard.current = false;
      // What was saved is read anew, even where the address stays the same.
      setTurn(turn + 1);
    }
    setParameters(next, { replace: done });
  };
  return {
    chosen,
    panelKey: `${turn} ${JSON.stringify(chosen)}`,
    /** Told by whoever is editing: whether there is something to lose. */
    setDirty: (isDirty: boolean) => {
      guard.current = isDirty;
    },
    begin: (type: string) => go({ new: type }),
    openSettings: () => go({ settings: "1" }),
    close: () => go({}),
    /** Saved: on to the field, or to nothing, without asking. */
    finish: (field: string | null) => go(field ? { field } : {}, true),
  };
}

export type Designer = ReturnType<typeof useDesigner>;

function useUnsavedGuard(guard: React.RefObject<boolean>) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) =>
      guard.current && (from.pathname !== to.pathname || from.search !== to.search),
  );
  const asked = useRef(false);
  useEffect(() => {
    if (blocker.state !== "blocked" || asked.current) return;
    asked.current = true;
    modal.confirm({
      title: t("model.leaveTitle"),
      icon: null,
      content: t("model.leaveHint"),
      okText: t("model.leave"),
      cancelText: t("model.stay"),
      okButtonProps: { danger: true },
      onOk: () => {
        guard.current = false;
        blocker.proceed();
      },
      onCancel: () => blocker.reset(),
      afterClose: () => {
        asked.current = false;
      },
    });
  }, [blocker, guard, modal, t]);
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => guard.current && event.preventDefault();
    window.addEventListener("beforeunload", leaving);
    return () => window.removeEventListener("beforeunload", leaving);
  }, [guard]);
}
