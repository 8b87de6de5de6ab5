import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useKeys } from "@/ui/use-keys";
import { useCommands } from "./use-commands";

const loadPalette = async () => ({ default: (await import("@/features/palette/palette")).Palette });
const Palette = lazy(loadPalette);
const KeyHelp = lazy(async () => ({ default: (await import("@/features/palette/key-help")).KeyHelp }));

/** Ctrl-K finds everything, also while one writes; `?` says which keys there are. What is drawn must be drawn. */
export function usePalette(onFirstSteps: (() => void) | null): { open: () => void; drawn: ReactNode } {
  const [shown, setShown] = useState<"find" | "keys" | null>(null);
  const commands = useCommands(() => setShown("keys"), onFirstSteps);
  const ahead = useTypedAhead(shown === "find");
  useKeys({ "?": () => setShown("keys") });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setShown((before) => (before === "find" ? null : "find"));
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  const close = () => setShown(null);
  return {
    open: () => setShown("find"),
    drawn: shown && (
      <Suspense>
        {shown === "find" ? (
          <Palette commands={commands} typedAhead={ahead.text} onShown={ahead.taken} onClose={close} />
        ) : (
          <KeyHelp onClose={close} />
        )}
      </Suspense>
    ),
  };
}

/**
 * What is typed between Ctrl-K and the box belongs to the box: before its code was there, a `c` of a name called the
 * customer on the screen.
 */
function useTypedAhead(isOpen: boolean): { text: () => string; taken: () => void } {
  const kept = useRef("");
  const isTaken = useRef(false);
  useEffect(() => {
    void loadPalette();
  }, []);
  useEffect(() => {
    kept.current = "";
    isTaken.current = false;
    if (!isOpen) return;
    const pressed = (event: KeyboardEvent) => {
      if (isTaken.current || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Backspace") kept.current = kept.current.slice(0, -1);
      else if (event.key.length === 1) kept.current += event.key;
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", pressed, true);
    return () => window.removeEventListener("keydown", pressed, true);
  }, [isOpen]);
  return {
    text: () => kept.current,
    taken: () => {
      isTaken.current = true;
    },
  };
}
