import "./progress-bar.css";

type Props = {
  /** 0 … 1; null = how far it is, nobody knows. */
  share: number | null;
  label: string;
};

/** How far something is. */
export function ProgressBar({ share, label }: Props) {
  const percent = share === null ? null : Math.round(Math.max(0, Math.min(1, share)) * 100);
  return (
    <div
      className={percent === null ? "progress-bar unknown" : "progress-bar"}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { "aria-valuenow": percent })}
    >
      <i style={percent === null ? undefined : { width: `${percent}%` }} />
    </div>
  );
}
