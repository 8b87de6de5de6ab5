import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { scrollTo, type Visible, visibleRows } from "@/lib/visible-rows";

const remembered = new Map<string, number>();

type Asked = { count: number; rowHeight: number; place: string };

/**
 * Which rows of a scrolled box are in sight. `place` names the visit: coming back to it with the back button
 * finds the list where it was left.
 */
export function useVisible({ count, rowHeight, place }: Asked) {
  const box = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [visible, setVisible] = useState<Visible>({ first: 0, end: 0, top: 0 });
  const rows = useRef({ count, rowHeight, viewport });
  rows.current = { count, rowHeight, viewport };

  const look = useCallback(() => {
    const top = box.current?.scrollTop ?? 0;
    const next = visibleRows(rows.current, top);
    setVisible((now) => (now.first === next.first && now.end === next.end && now.top === next.top ? now : next));
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new ResizeObserver(() => setViewport(element.clientHeight));
    watcher.observe(element);
    setViewport(element.clientHeight);
    return () => watcher.disconnect();
  }, []);

  const isReady = count > 0 && viewport > 0;
  useLayoutEffect(() => {
    if (isReady && box.current) box.current.scrollTop = remembered.get(place) ?? 0;
  }, [isReady, place]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what `look` reads from the ref has changed with these
  useLayoutEffect(look, [look, count, rowHeight, viewport]);

  const onScroll = useCallback(() => {
    remembered.set(place, box.current?.scrollTop ?? 0);
    look();
  }, [place, look]);

  const reveal = useCallback((index: number) => {
    if (box.current) box.current.scrollTop = scrollTo(rows.current, box.current.scrollTop, index);
  }, []);

  const pageRows = Math.max(1, Math.floor(viewport / rowHeight) - 1);
  return { box, visible, onScroll, reveal, pageRows };
}
