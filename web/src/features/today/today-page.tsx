import { Button } from "antd";
import { Fragment, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { type Meta, type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { useKeys } from "@/ui/use-keys";
import { useSettled } from "@/ui/use-settled";
import { nextUp } from "./next-up";
import { PhoneBar } from "./phone-bar";
import { QueuePanel } from "./queue-panel";
import { useOnLine } from "./use-on-line";
import { PARTS, type Part, type Queue, useQueue } from "./use-queue";
import { queuesOf, type Waiting, waitingKey } from "./waiting";
import "./today.css";

type At = { table: Table; id: number };
export type Shown = At & {
  onNext: () => void;
  /** Whether one came here by going on from the one before, with the hands on the keyboard. */
  isNext: boolean;
  /** Whether he is the next one, who must not be seen yet. */
  isAhead: boolean;
};

type Props = {
  /** Draws the record one works on; the records feature is handed in where the two meet. */
  renderRecord: (shown: Shown) => ReactNode;
};

const WENT_ON = "went on";
const CALM_MS = 400;

/** `/today`, the workbench: whom to speak to next, and all one needs for it beside. */
export function TodayPage({ renderRecord }: Props) {
  const meta = useMeta();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const { state } = useLocation();
  const queue = useQueue();
  const part = partOf(queue, parameters.get("queue"));
  const entries = queue.parts[part];
  const [first, leave] = useFirst(part, entries);
  const at = placeFrom(meta, parameters.get("at")) ?? (isPhone ? null : first);
  const chosen = at && waitingKey(at);
  const place = entries.findIndex((one) => waitingKey(one) === chosen);

  const choose = useLatest((one: Waiting | undefined) => {
    // On a phone the record takes the place of the queue, and the way back leads to it.
    if (one) setParameters({ queue: part, at: waitingKey(one) }, { replace: !isPhone, flushSync: true });
  });
  const next = nextUp(queue.parts, part, chosen);
  // Whoever comes after him is seen to once he himself stands on the screen.
  const isAheadDue = useSettled(chosen, CALM_MS) === chosen;
  const goOn = useLatest(() => {
    if (chosen) leave(chosen);
    const to: Record<string, string> = next ? { queue: next.part, at: waitingKey(next.one) } : {};
    // At once: as a transition it would wait for everything the saving sets in motion.
    setParameters(to, { replace: true, state: WENT_ON, flushSync: true });
  });
  const down = () => choose(entries[place + 1]);
  const up = () => choose(entries[place - 1]);
  useKeys({ j: down, ArrowDown: down, k: up, ArrowUp: up }, !isPhone);
  useScrolledTo(chosen);
  const draw = ({ table, id }: At, isAhead: boolean) => (
    <Fragment key={waitingKey({ table, id })}>
      {renderRecord({ table, id, onNext: goOn, isNext: isAhead || state === WENT_ON, isAhead })}
    </Fragment>
  );
  // Side by side under their keys: who is drawn ahead is the one that is uncovered later.
  const records = [at && draw(at, false), next && isAheadDue && (at || !isPhone) && draw(next.one, true)];
  if (isPhone && at) {
    return (
      <div className="today-page">
        <PhoneBar next={next?.one.name ?? null} onBack={() => navigate(`/today?queue=${part}`)} onNext={goOn} />
        {records}
      </div>
    );
  }
  return (
    <div className="today">
      <QueuePanel
        queue={queue}
        part={part}
        chosen={chosen}
        onPart={(key) => setParameters({ queue: key }, { replace: true })}
        onChoose={choose}
      />
      {!isPhone && (
        <div className="today-record">
          {!at && !queue.isPending && <Nobody />}
          {records}
        </div>
      )}
    </div>
  );
}

function Nobody() {
  const { t } = useTranslation();
  const { label } = useFormat();
  const navigate = useNavigate();
  const [first] = queuesOf(useMeta());
  return (
    <Empty title={t("today.clearTitle")} hint={t("today.allClearHint")}>
      {first && (
        <Button onClick={() => navigate(`/t/${first.table.key}`)}>
          {t("today.openList", { table: label(first.table.label) })}
        </Button>
      )}
    </Empty>
  );
}

/** The part asked for, else the first in which somebody waits, else the first. */
function partOf({ parts }: Queue, asked: string | null): Part {
  return PARTS.find((part) => part === asked) ?? PARTS.find((part) => parts[part].length > 0) ?? "late";
}

/**
 * Whom one sees without having chosen: whom one is on the line with or owes a wrap-up, else the first who waits. He
 * stays, whatever happens to the queue meanwhile: nobody is exchanged under the hands of who reads or writes.
 */
function useFirst(part: Part, entries: readonly Waiting[]): [At | null, (done: string) => void] {
  const [kept, keep] = useState<{ part: Part; at: At } | null>(null);
  // Who was just done with is in the list for a blink longer.
  const [done, setDone] = useState("");
  const onLine = useOnLine();
  const first = onLine?.subject ?? entries.find((one) => waitingKey(one) !== done);
  if (first && kept?.part !== part) keep({ part, at: { table: first.table, id: first.id } });
  const leave = (key: string) => {
    keep(null);
    setDone(key);
  };
  return [kept?.part === part ? kept.at : null, leave];
}

/** The same function for ever, which does what the newest one would. */
function useLatest<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((...given: Given) => latest.current(...given), []);
}

/** `lead/5`, as it stands in the address. */
function placeFrom(meta: Meta, text: string | null): At | null {
  const [, key = "", id = ""] = /^([a-z0-9_]+)\/(\d{1,15})$/.exec(text ?? "") ?? [];
  const table = meta.table.get(key);
  return table ? { table, id: Number(id) } : null;
}

function useScrolledTo(chosen: string | null) {
  useEffect(() => {
    if (chosen) document.getElementById(`waits-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
}
