import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { fitting, within } from "./zoom";

const STEP = 1.2;

/** How large the drawing is drawn. The point under the fingers stays under the fingers. */
export function useZoom(ground: RefObject<HTMLElement | null>, drawing: number) {
  const [scale, setScale] = useState(1);
  const latest = useRef(scale);
  latest.current = scale;

  const zoom = useCallback(
    (factor: number, at?: { x: number; y: number }) => {
      const element = ground.current;
      if (!element) return;
      const before = latest.current;
      const after = within(before * factor);
      const box = element.getBoundingClientRect();
      const [x, y] = at ? [at.x - box.left, at.y - box.top] : [box.width / 2, box.height / 2];
      latest.current = after;
      setScale(after);
      const [left, top] = [element.scrollLeft, element.scrollTop];
      requestAnimationFrame(() => {
        element.scrollLeft = ((left + x) * after) / before - x;
        element.scrollTop = ((top + y) * after) / before - y;
      });
    },
    [ground],
  );

  const fit = useCallback(() => {
    const element = ground.current;
    const paper = element?.firstElementChild;
    if (!element || !paper) return;
    const { width, height } = paper.getBoundingClientRect();
    const now = latest.current;
    setScale(fitting({ width: width / now, height: height / now }, element.getBoundingClientRect()));
    // Where it does not fit after all one begins at what is chosen, or at the beginning.
    requestAnimationFrame(() => {
      const first = element.querySelector(".flow-box.on") ?? element.querySelector("li");
      first?.scrollIntoView({ inline: "center", block: "nearest" });
    });
  }, [ground]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another flow is fitted anew
  useLayoutEffect(fit, [fit, drawing]);
  useGestures(ground, zoom);
  return { scale, larger: () => zoom(STEP), smaller: () => zoom(1 / STEP), fit };
}

type Zoom = (factor: number, at?: { x: number; y: number }) => void;

/** Two fingers, Ctrl and the wheel (which is what a touch pad's pinch says), and dragging with the mouse. */
function useGestures(ground: RefObject<HTMLElement | null>, zoom: Zoom): void {
  useEffect(() => {
    const element = ground.current;
    if (!element) return;
    const done = new AbortController();
    const { signal } = done;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 240), { x: event.clientX, y: event.clientY });
    };
    let apart: number | null = null;
    const pinch = (event: TouchEvent) => {
      const [a, b] = event.touches;
      if (!a || !b) {
        apart = null;
        return;
      }
      event.preventDefault();
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (apart) zoom(now / apart, { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 });
      apart = now;
    };
    let held = false;
    const drag = (event: MouseEvent) => {
      if (!held || event.buttons !== 1) return;
      element.scrollBy(-event.movementX, -event.movementY);
    };
    const hold = (event: MouseEvent) => {
      held = !(event.target as Element).closest("button, a");
    };
    element.addEventListener("wheel", wheel, { passive: false, signal });
    element.addEventListener("touchmove", pinch, { passive: false, signal });
    element.addEventListener("touchend", pinch, { signal });
    element.addEventListener("mousedown", hold, { signal });
    element.addEventListener("mousemove", drag, { signal });
    return () => done.abort();
  }, [ground, zoom]);
}
