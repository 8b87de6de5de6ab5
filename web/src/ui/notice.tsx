import { CheckCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Tone } from "./tokens";
import "./notice.css";

type Props = { tone: Tone; children: ReactNode; action?: ReactNode };

/** A sentence that must be seen, in the place it belongs to. */
export function Notice({ tone, children, action }: Props) {
  const Icon = tone === "jade" ? CheckCircleFilled : tone === "indigo" ? InfoCircleFilled : ExclamationCircleFilled;
  return (
    <div className="notice" data-tone={tone} role={tone === "cinnabar" ? "alert" : "status"}>
      <Icon aria-hidden />
      <div>{children}</div>
      {action}
    </div>
  );
}
