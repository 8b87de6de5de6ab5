import { useEffect, useRef } from "react";
import type { LineInHand } from "./use-line";

/**
 * Ctrl Shift H, wherever the focus is: no other key ends a call, so that none ends it by mistake.
 * `isHere`: whether this is the place that holds the telephone; another listens elsewhere.
 */
export function useHangUpKey(inHand: LineInHand, isHere: boolean): void {
  // What is drawn is what the key ends: an effect that comes a moment later would still know the call without its number.
  const hangUp = useRef(inHand.hangUp);
  hangUp.current = inHand.hangUp;
  const isListening = isHere && inHand.line.phase === "live";
  useEffect(() => {
    if (!isListening) return;
    const pressed = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== "h") return;
      event.preventDefault();
      hangUp.current();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [isListening]);
}
