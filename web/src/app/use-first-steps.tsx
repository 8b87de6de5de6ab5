import { lazy, type ReactNode, Suspense, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import type { Place } from "@/api/checklists";
import { useMeta } from "@/api/meta";
import { placeAddress } from "./place-address";

const Checklist = lazy(async () => ({ default: (await import("@/features/checklist/checklist")).Checklist }));

/** Where one begins: the first address, and those it leads to. */
const HOME = /^\/(today|dashboards.*)?$/;

/** The first steps of whoever administrates, unless he put them away; `open` brings them back. Null: there are none. */
export function useFirstSteps(): { open: (() => void) | null; drawn: ReactNode } {
  const { checklists } = useMeta();
  const [isAsked, setAsked] = useState(false);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const list = checklists.find(({ dismissed }) => !dismissed) ?? (isAsked ? checklists[0] : undefined);
  const open = (place: Place) => {
    const to = placeAddress(place);
    if (to) navigate({ pathname: to.path, search: to.query }, { state: to.state });
  };
  const isHere = (place: Place) => {
    const to = placeAddress(place);
    // A place that opens a dialog may be asked for again.
    return to !== null && to.state === undefined && to.path === pathname;
  };
  return {
    open: checklists.length > 0 ? () => setAsked(true) : null,
    drawn: list && (
      <Suspense>
        <Checklist
          key={list.key}
          listKey={list.key}
          isDismissed={list.dismissed}
          isAsked={isAsked}
          isHome={HOME.test(pathname)}
          onAway={() => setAsked(false)}
          onOpen={open}
          isHere={isHere}
        />
      </Suspense>
    ),
  };
}
