import { useEffect, useRef } from "react";
import { COMING } from "./late";
import { isComposing } from "./use-composing";

type Keys = Record<string, (event: KeyboardEvent) => void>;

const WRITES = "input, textarea, select, [contenteditable=true], [role=combobox]";

const isWriting = (target: EventTarget | null) => target instanceof Element && target.closest(WRITES) !== null;

const isCovered = () =>
  document.querySelector(`.ant-modal-wrap:not([style*='display: none']), .ant-drawer-open, ${COMING}`) !== null;

/** Single keys that act on the whole page, unless one is writing or a dialog lies over it or is about to. */
export function useKeys(keys: Keys, enabled = true): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isComposing(event) || isWriting(event.target) || isCovered()) return;
      const act = current.current[event.key] ?? current.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [enabled]);
}
