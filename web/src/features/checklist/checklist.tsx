import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import type { Place } from "@/api/checklists";
import { useFormat } from "@/api/use-format";
import { Bar } from "./bar";
import { Finished } from "./finished";
import { Panel } from "./panel";
import { useDismiss, useFolded, useSteps } from "./use-checklist";
import "./checklist.css";

type Props = {
  listKey: string;
  /** Put away before; who goes on with it wants it back. */
  isDismissed: boolean;
  /** Somebody wants to see it, whether or not there is anything left to do. */
  isAsked: boolean;
  /** Where one begins: there the steps stand open until one has taken one. */
  isHome: boolean;
  onAway: () => void;
  onOpen: (place: Place) => void;
  /** Whether the screen of a place is the one that is shown. */
  isHere: (place: Place) => boolean;
};

/** What a new administrator does first, above every page until it is done or put away. */
export function Checklist({ listKey, isDismissed, isAsked, isHome, onAway, onOpen, isHere }: Props) {
  const list = useSteps(listKey);
  const { pathname } = useLocation();
  const [isFolded, fold] = useFolded(listKey, isHome ? null : pathname);
  const dismiss = useDismiss(listKey, onAway);
  const isDone = list?.steps.every(({ done }) => done) ?? false;
  const congratulatesAt = useDoneAt(list ? isDone : null, pathname);

  if (!list || list.steps.length === 0) return null;
  if (isDone && !isAsked)
    return congratulatesAt === pathname ? <Finished list={list} onClose={() => dismiss(true)} /> : null;
  const open = (place: Place) => {
    fold(true);
    if (isDismissed) dismiss(false);
    else onAway();
    onOpen(place);
  };
  const shown = { list, onOpen: open, isHere };
  return (
    <>
      <Told steps={list.steps} />
      {isFolded && !isAsked ? (
        <Bar {...shown} onUnfold={() => fold(false)} />
      ) : (
        <Panel
          {...shown}
          onFold={() => {
            fold(true);
            onAway();
          }}
          onDismiss={() => dismiss(true)}
        />
      )}
    </>
  );
}

/** The page on which the last step was ticked before one's eyes; null for who found everything done. */
function useDoneAt(isDone: boolean | null, pathname: string): string | null {
  const [wasLeft, setWasLeft] = useState(false);
  const [doneAt, setDoneAt] = useState<string | null>(null);
  if (isDone === false && !wasLeft) setWasLeft(true);
  if (isDone && wasLeft && doneAt === null) setDoneAt(pathname);
  return doneAt;
}

/** Says to whoever cannot see the tick that a step is done. */
function Told({ steps }: { steps: readonly { key: string; label: { zh: string; en: string }; done: boolean }[] }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const [known, setKnown] = useState<{ done: ReadonlySet<string>; said: string } | null>(null);
  const done = steps.filter((step) => step.done);
  if (known === null || done.length !== known.done.size) {
    const fresh = known && done.find(({ key }) => !known.done.has(key));
    const said = fresh ? t("checklist.ticked", { step: label(fresh.label) }) : "";
    setKnown({ done: new Set(done.map(({ key }) => key)), said });
  }
  return (
    <span className="sr-only" role="status">
      {known?.said}
    </span>
  );
}
