import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useKeys } from "@/ui/use-keys";
import { useCommands } from "./use-commands";

const loadPalette = async () => ({ default: (await import("@/features/palette/palette")).Palette });
const Palette = lazy(loadPalette);
const KeyHelp = lazy(async () => ({ default: (await import("@/features/palette/key-help")).KeyHelp }));

type Shown = "find" | "keys" | null;

const isOpener = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;

/** Ctrl-K finds everything, also while one writes; `?` says which keys there are. What is drawn must be drawn. */
export function usePalette(onFirstSteps: (() => void) | null): { open: () => void; drawn: ReactNode } {
  const [shown, setShown] = useState<Shown>(null);
  // Known at once, and not only when the page is drawn again: the next key may come before.
  const now = useRef<Shown>(null);
  // What was typed since Ctrl-K; null = the box has the keys by now, or nobody waits for it. Before its code was there,
  // a `c` of a name called the customer on the screen.
  const ahead = useRef<string | null>(null);
  const show = useRef((what: Shown) => {
    now.current = what;
    ahead.current = what === "find" ? "" : null;
    setShown(what);
    if (what === "find") loadPalette().catch(taken.current);
  });
  const taken = useRef(() => {
    ahead.current = null;
  });
  const commands = useCommands(() => show.current("keys"), onFirstSteps);
  useKeys({ "?": () => show.current("keys") });
  useEffect(() => {
    void loadPalette().catch(() => undefined);
    const pressed = (event: KeyboardEvent) => {
      if (isOpener(event)) show.current(now.current === "find" ? null : "find");
      else if (ahead.current === null || event.ctrlKey || event.metaKey || event.altKey) return;
      else if (event.key === "Escape") show.current(null);
      else if (event.key === "Backspace") ahead.current = ahead.current.slice(0, -1);
      else if (event.key.length === 1) ahead.current += event.key;
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", pressed, true);
    return () => window.removeEventListener("keydown", pressed, true);
  }, []);
  const close = () => show.current(null);
  return {
    open: () => show.current("find"),
    drawn: shown && (
      <Suspense>
        {shown === "find" ? (
          <Palette commands={commands} typedAhead={() => ahead.current ?? ""} onShown={taken.current} onClose={close} />
        ) : (
          <KeyHelp onClose={close} />
        )}
      </Suspense>
    ),
  };
}
