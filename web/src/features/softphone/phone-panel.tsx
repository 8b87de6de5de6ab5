import { PhoneFilled } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { subjectOf } from "@/api/call-subject";
import type { Call } from "@/api/calls";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { CallTimer } from "./call-timer";
import type { LineInHand } from "./use-line";
import { Wave } from "./wave";
import { hintedOf, OUTCOMES, type OutcomeKey, STATES, type StateKey } from "./words";
import "./phone-panel.css";

type Props = {
  inHand: LineInHand /** What the panel says when nobody is on the line. */;
  idle?: ReactNode;
  children?: ReactNode;
};

/** The telephone: whom one speaks to, since when, and the way out. */
export function PhonePanel({ inHand, idle, children }: Props) {
  const { t } = useTranslation();
  const { line } = inHand;
  if (line.phase === "free") return idle ?? null;
  const isTalking = line.call.state === "talking";
  return (
    <section className="phone" aria-label={t("phone.panel")} data-phase={line.phase}>
      <PhoneTop call={line.call} />
      <PhoneWho call={line.call} />
      {line.phase === "live" && (
        <>
          <Wave look={isTalking ? "talking" : "ringing"} />
          <button
            type="button"
            className="phone-hang"
            disabled={inHand.isHangingUp || line.call.id === 0}
            onClick={inHand.hangUp}
            title={t("phone.shortcutHangUp")}
          >
            <PhoneFilled rotate={225} aria-hidden />
            {isTalking ? t("phone.hangUp") : t("phone.cancel")}
          </button>
        </>
      )}
      {children}
    </section>
  );
}

function PhoneTop({ call }: { call: Call }) {
  const { t } = useTranslation();
  const state = STATES.includes(call.state as StateKey) ? (call.state as StateKey) : "ended";
  const outcome = OUTCOMES.find((one) => one === call.outcome);
  const hasMissed = state === "ended" && outcome && outcome !== "connected";
  const hinted = state === "ended" ? hintedOf(outcome) : undefined;
  const hint = hinted && t(`phone.outcomeHint.${hinted}`, { seconds: Math.round(call.ring_seconds ?? 0) });
  return (
    <div className="phone-top">
      <span className={`phone-state ${state}`} role="status">
        <i className="phone-dot" aria-hidden="true" />
        {hasMissed ? t(`phone.outcome.${outcome as OutcomeKey}`) : t(`phone.state.${state}`)}
      </span>
      <span className="phone-quiet">{hint}</span>
    </div>
  );
}

function PhoneWho({ call }: { call: Call }) {
  const meta = useMeta();
  const { phone } = useFormat();
  const subject = subjectOf(meta, call);
  return (
    <div className="phone-who">
      <div>
        {subject ? (
          <Link to={`/t/${subject.table.key}/${subject.id}`} className="phone-name ellipsis">
            {subject.title}
          </Link>
        ) : (
          <b className="phone-name">{phone(call.number ?? "")}</b>
        )}
        {subject && <span className="phone-quiet num">{phone(call.number ?? "")}</span>}
      </div>
      {(call.state !== "ended" || call.outcome === "connected") && <CallTimer call={call} />}
    </div>
  );
}
