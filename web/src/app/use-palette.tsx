import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useKeys } from "@/ui/use-keys";
import { useCommands } from "./use-commands";

const Palette = lazy(async () => ({ default: (await import("@/features/palette/palette")).Palette }));
const KeyHelp = lazy(async () => ({ default: (await import("@/features/palette/key-help")).KeyHelp }));

/** Ctrl-K finds everything, also while one writes; `?` says which keys there are. What is drawn must be drawn. */
export function usePalette(onFirstSteps: (() => void) | null): { open: () => void; drawn: ReactNode } {
  const [shown, setShown] = useState<"find" | "keys" | null>(null);
  const commands = useCommands(() => setShown("keys"), onFirstSteps);
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
        {shown === "find" ? <Palette commands={commands} onClose={close} /> : <KeyHelp onClose={close} />}
      </Suspense>
    ),
  };
}
