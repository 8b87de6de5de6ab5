import { useEffect, useState } from "react";

const SETTLED_MS = 220;

/** `value`, once it has not changed for a moment. */
export function useSettled<T>(value: T, after = SETTLED_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), after);
    return () => clearTimeout(timer);
  }, [value, after]);
  return settled;
}
