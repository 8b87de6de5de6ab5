import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { Tone } from "@/ui/tokens";
import "./timeline.css";

type FrameProps = {
  icon: ReactNode;
  tone: Tone;
  title: ReactNode;
  by: number | null | undefined;
  at: string;
  /** What stands behind the name. */
  aside?: ReactNode;
  children?: ReactNode;
};

/** One entry of a timeline: its sign, its heading, who and when. */
export function TimelineFrame({ icon, tone, title, by, at, aside, children }: FrameProps) {
  const { t } = useTranslation();
  const { person } = useMeta();
  const { when, dateTime } = useFormat();
  return (
    <li className="event" data-tone={tone}>
      <span className="event-icon" aria-hidden="true">
        {icon}
      </span>
      <div className="event-body">
        <div className="event-head">
          <b>{title}</b>
          <span className="muted">{by ? (person.get(by)?.name ?? "") : t("records.system")}</span>
          {aside}
          <time dateTime={at} title={dateTime(at)}>
            {when(at)}
          </time>
        </div>
        {children}
      </div>
    </li>
  );
}
