import { type KeyboardEvent, useRef } from "react";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Many small links of one drawing are one stop for the tab key; the arrow keys go from one to the next. */
export function useRoving<T extends HTMLElement>() {
  const box = useRef<T>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(box.current?.querySelectorAll<HTMLElement>("a") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const to =
      event.key === "Home" ? 0 : event.key === "End" ? links.length - 1 : at + (STEPS[event.key] ?? Number.NaN);
    const next = links[to];
    if (at < 0 || !next) return;
    event.preventDefault();
    for (const link of links) link.tabIndex = link === next ? 0 : -1;
    next.focus();
  };
  return { box, onKeyDown };
}
