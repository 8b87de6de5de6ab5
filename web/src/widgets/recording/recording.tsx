import { CaretRightFilled, LoadingOutlined, PauseOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { RECORDING } from "@/api/calls";
import { choicesOf } from "@/api/choices";
import { useMeta } from "@/api/meta";
import type { Leg } from "@/api/recordings";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { clockOf } from "@/lib/duration";
import { barsPath } from "./bars-path";
import { BARS } from "./sound";
import { usePlayer } from "./use-player";
import "./recording.css";

const STEP_S = 5;
const HEIGHT = 40;

/** The recording of a call: both sides above each other, to be heard, gone through and sped up. */
export function Recording({ legs }: { legs: readonly Leg[] }) {
  const { t } = useTranslation();
  const player = usePlayer(legs);
  const whole = player.sound?.seconds ?? Math.max(...legs.map(({ seconds }) => seconds ?? 0));
  const isPlaying = player.state === "playing";
  return (
    <div className="recording">
      <button
        type="button"
        className="recording-play"
        aria-label={isPlaying ? t("recording.pause") : t("recording.play")}
        title={isPlaying ? undefined : t("recording.audited")}
        onClick={player.toggle}
      >
        {player.state === "loading" ? (
          <LoadingOutlined aria-hidden />
        ) : isPlaying ? (
          <PauseOutlined aria-hidden />
        ) : (
          <CaretRightFilled aria-hidden />
        )}
      </button>
      <Waves player={player} whole={whole} />
      <Sides legs={legs} />
      <span className="recording-time num">
        {player.sound ? `${clockOf(player.at)} / ${clockOf(whole)}` : clockOf(whole)}
      </span>
      <button
        type="button"
        className="recording-speed num"
        aria-label={`${t("recording.speed")} ${player.speed}×`}
        onClick={player.faster}
      >
        {player.speed}×
      </button>
      {player.error !== null && (
        <p className="recording-fault" role="alert">
          {sentenceOf(player.error)}
        </p>
      )}
    </div>
  );
}

function Waves({ player, whole }: { player: ReturnType<typeof usePlayer>; whole: number }) {
  const { t } = useTranslation();
  const { sound, at, seek } = player;
  if (!sound) return <span className="recording-flat" aria-hidden="true" />;
  const part = whole > 0 ? at / whole : 0;
  const paths = sound.peaks.map((peaks, side) => barsPath(peaks, HEIGHT / 2, side === 0 ? "up" : "down"));
  const keys: Record<string, number> = {
    ArrowRight: at + STEP_S,
    ArrowLeft: at - STEP_S,
    Home: 0,
    End: whole,
  };
  return (
    <div
      className="recording-waves"
      role="slider"
      tabIndex={0}
      aria-label={t("recording.place")}
      aria-valuemin={0}
      aria-valuemax={Math.round(whole)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={clockOf(at)}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        seek(((event.clientX - box.left) / box.width) * whole);
      }}
      onKeyDown={(event) => {
        const to = keys[event.key];
        if (to === undefined) return;
        event.preventDefault();
        seek(to);
      }}
    >
      {["", "heard"].map((look) => (
        <svg
          key={look}
          className={look}
          viewBox={`0 0 ${BARS * 3} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          style={look ? { clipPath: `inset(0 ${100 - part * 100}% 0 0)` } : undefined}
        >
          {paths.map((path, side) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place
            <path key={side} className={`side-${side}`} d={path} />
          ))}
        </svg>
      ))}
    </div>
  );
}

/** Which line is whose. */
function Sides({ legs }: { legs: readonly Leg[] }) {
  const { label } = useFormat();
  const side = useMeta().table.get(RECORDING)?.byKey.get("side");
  const names = legs.map((leg) => {
    const choice = side && choicesOf(side).find(({ key }) => key === leg.side);
    return choice ? label(choice.label) : leg.side;
  });
  return (
    <span className="recording-sides">
      {names.map((name, place) => (
        <span key={name} className={`side-${place}`}>
          {name}
        </span>
      ))}
    </span>
  );
}
