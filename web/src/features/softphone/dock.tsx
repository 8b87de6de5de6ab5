import { CloseOutlined, DownOutlined, PhoneFilled, UpOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { subjectOf } from "@/api/call-subject";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { useAttention } from "@/widgets/dial/attention";
import { CallTimer } from "./call-timer";
import { useIsHosted, useOnwardFrom } from "./host";
import { Phone } from "./phone-column";
import { useHangUpKey } from "./use-hang-up-key";
import { type LineInHand, useLine } from "./use-line";
import { OUTCOMES, STATES } from "./words";
import "./dock.css";

/** The telephone wherever one is: it outlives every screen, small, and comes forward when there is something to write. */
export function Dock() {
  const inHand = useLine();
  const isHosted = useIsHosted();
  useHangUpKey(inHand, !isHosted);
  if (isHosted || inHand.line.phase === "free") return null;
  return <Floating key={inHand.line.call.id} inHand={inHand} phase={inHand.line.phase} />;
}

function Floating({ inHand, phase }: { inHand: LineInHand; phase: string }) {
  const { t } = useTranslation();
  const attention = useAttention();
  // Opened or folded by hand counts until there is something to write, or somebody asks for it.
  const reason = `${phase} ${attention}`;
  const [byHand, setByHand] = useState<{ reason: string; isOpen: boolean } | null>(null);
  const isOpen = byHand?.reason === reason ? byHand.isOpen : phase === "owed";
  const set = (open: boolean) => setByHand({ reason, isOpen: open });
  const onward = useOnwardFrom();
  return (
    <aside className={isOpen ? "dock open" : "dock"} aria-label={t("phone.panel")}>
      {isOpen ? (
        <>
          <button type="button" className="dock-fold" onClick={() => set(false)}>
            <DownOutlined aria-hidden /> {t("phone.fold")}
          </button>
          <div className="dock-body">
            <Phone {...(onward ? { onNext: onward } : {})} />
          </div>
        </>
      ) : (
        <Pill inHand={inHand} onOpen={() => set(true)} />
      )}
    </aside>
  );
}

function Pill({ inHand, onOpen }: { inHand: LineInHand; onOpen: () => void }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const { phone } = useFormat();
  const { line } = inHand;
  if (line.phase === "free") return null;
  const { call } = line;
  const state = STATES.find((one) => one === call.state) ?? "ended";
  const outcome = OUTCOMES.find((one) => one === call.outcome);
  const word =
    line.phase === "owed"
      ? t("phone.owedTitle")
      : line.phase === "missed" && outcome
        ? t(`phone.outcome.${outcome}`)
        : t(`phone.state.${state}`);
  return (
    <div className="dock-pill" data-phase={line.phase}>
      <button type="button" className="dock-open" onClick={onOpen} title={t("phone.open")}>
        <i className="phone-dot" aria-hidden="true" />
        <span className="dock-text">
          <b className="ellipsis">{subjectOf(meta, call)?.title ?? phone(call.number ?? "")}</b>
          <span role="status">{word}</span>
        </span>
        {line.phase === "live" && <CallTimer call={call} />}
        <UpOutlined aria-hidden />
      </button>
      {line.phase === "live" && (
        <button
          type="button"
          className="dock-hang"
          aria-label={state === "talking" ? t("phone.hangUp") : t("phone.cancel")}
          title={t("phone.shortcutHangUp")}
          disabled={inHand.isHangingUp || call.id === 0}
          onClick={inHand.hangUp}
        >
          <PhoneFilled rotate={225} aria-hidden />
        </button>
      )}
      {line.phase === "missed" && (
        <button type="button" className="dock-close" aria-label={t("common.close")} onClick={inHand.dismiss}>
          <CloseOutlined aria-hidden />
        </button>
      )}
    </div>
  );
}
