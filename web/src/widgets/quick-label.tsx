import type { ReactNode } from "react";
import "./quick-form.css";

type Props = {
  children: ReactNode;
  isRequired?: boolean /** What has been chosen, said once more at the right. */;
  chosen?: string | null;
};

/** The small heading above a row of choices. */
export function QuickLabel({ children, isRequired = false, chosen }: Props) {
  return (
    <span className="quick-label">
      {isRequired && <em aria-hidden="true">*</em>}
      {children}
      {chosen && <b className="num">{chosen}</b>}
    </span>
  );
}
