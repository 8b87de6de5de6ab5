import { useMemo, useRef } from "react";

/**
 * Whether an input method is composing a word right now: pinyin on its way to Chinese must not be searched for,
 * and its Enter only picks a word.
 */
export function useComposing(onEnd?: (text: string) => void) {
  const composing = useRef(false);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  return useMemo(
    () => ({
      composing,
      handlers: {
        onCompositionStart: () => {
          composing.current = true;
        },
        onCompositionEnd: (event: React.CompositionEvent<HTMLElement>) => {
          composing.current = false;
          ended.current?.((event.target as HTMLInputElement).value);
        },
      },
    }),
    [],
  );
}

/** Safari tells the Enter that ends a composition only by its old key code. */
export const isComposing = (event: React.KeyboardEvent | KeyboardEvent) => {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
};
