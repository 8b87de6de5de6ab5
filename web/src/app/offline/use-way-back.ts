import { useEffect, useRef } from "react";

const LOOK_AGAIN_MS = 5_000;

/** Calls `goOn` as soon as the server answers again. What browsers say of the network is a guess, so it is asked. */
export function useWayBack(goOn: () => void): void {
  const act = useRef(goOn);
  act.current = goOn;
  useEffect(() => {
    const look = () =>
      fetch("/healthz", { cache: "no-store" }).then(
        ({ ok }) => ok && act.current(),
        () => {},
      );
    const timer = setInterval(look, LOOK_AGAIN_MS);
    window.addEventListener("online", look);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", look);
    };
  }, []);
}
