import { PhoneFilled } from "@ant-design/icons";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { useIsPhone } from "@/ui/use-is-phone";
import { type Reachable, useCallees } from "@/widgets/dial/use-callees";
import { useDial } from "@/widgets/dial/use-dial";
import { Wave } from "./wave";
import "./phone-panel.css";

type Props = {
  table: Table;
  record: Rec;
  /** Put the focus on the call button: Enter calls. */
  focus: boolean;
};

/** The line is free: whom a press of one key would call. */
export function IdlePanel({ table, record, focus }: Props) {
  const { t } = useTranslation();
  const { phone, label } = useFormat();
  const isPhone = useIsPhone();
  const dial = useDial();
  const title = titleOf(table, record);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focus) button.current?.focus();
  }, [focus]);
  const [main, ...others] = useCallees(table, record);
  const call = (chosen: Reachable) => void dial(chosen);
  return (
    <section className="phone" aria-label={t("phone.panel")} data-phase="free">
      <div className="phone-top">
        <span className="phone-state free">
          <i className="phone-dot" aria-hidden="true" />
          {t("phone.ready")}
        </span>
      </div>
      <div className="phone-who">
        <div>
          <b className="phone-name ellipsis">{title}</b>
          <span className="phone-quiet num">
            {main ? [main.whose, phone(main.number)].filter(Boolean).join(" · ") : t("phone.noNumber")}
          </span>
        </div>
      </div>
      <Wave look="still" />
      {main && (
        <button type="button" className="phone-go" ref={button} onClick={() => call(main)}>
          <PhoneFilled aria-hidden /> {t("phone.call")}
          {!isPhone && <kbd title={t("phone.shortcutCall")}>C</kbd>}
        </button>
      )}
      {others.length > 0 && (
        <div className="phone-row">
          {others.map((other) => (
            <button
              type="button"
              key={`${other.table} ${other.field}`}
              className="phone-plain num"
              onClick={() => call(other)}
            >
              {label(other.label)} {phone(other.number)}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
