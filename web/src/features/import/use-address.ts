import { useCallback, useRef } from "react";
import { useSearchParams } from "react-router";

type Change = (now: URLSearchParams) => URLSearchParams;

/**
 * The parameters of the address, and a way to change them. Several changes in a row build on each other, also those
 * made by an answer that comes before the first is drawn: the router's own setter forgets all but the last.
 */
export function useAddress(): [URLSearchParams, (change: Change, how?: { replace: boolean }) => void] {
  const [drawn, setParameters] = useSearchParams();
  const seen = useRef(drawn);
  const latest = useRef(drawn);
  if (seen.current !== drawn) {
    seen.current = drawn;
    latest.current = drawn;
  }
  const set = useRef(setParameters);
  set.current = setParameters;
  const change = useCallback((next: Change, how = { replace: false }) => {
    latest.current = next(latest.current);
    set.current(latest.current, how);
  }, []);
  return [drawn, change];
}
