import type { ReactNode } from "react";
import "./empty.css";

type Props = { title: string; hint?: string; children?: ReactNode; tone?: "calm" | "alarm" };

/** A place with nothing in it: what is missing, and what one can do about it. */
export function Empty({ title, hint, children, tone = "calm" }: Props) {
  return (
    <div className={`empty ${tone}`} role={tone === "alarm" ? "alert" : "status"}>
      <span className="empty-print" aria-hidden="true">
        {[5, 9, 14, 8, 18, 11, 6, 13, 7].map((height, bar) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
          <i key={bar} style={{ height }} />
        ))}
      </span>
      <b>{title}</b>
      {hint && <p>{hint}</p>}
      {children && <div className="empty-acts">{children}</div>}
    </div>
  );
}
