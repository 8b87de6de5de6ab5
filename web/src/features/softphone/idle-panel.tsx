import { PhoneFilled } from "@ant-design/icons";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { phonesOf } from "@/api/phones";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { useIsPhone } from "@/ui/use-is-phone";
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
  const phones = phonesOf(table, record);
  const [main] = phones;
  const call = (chosen: (typeof phones)[number]) =>
    void dial({ table: table.key, record: record.id, field: chosen.field.key, title, number: chosen.number });
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
          <span className="phone-quiet num">{main ? phone(main.number) : t("phone.noNumber")}</span>
        </div>
      </div>
      <Wave look="still" />
      {main && (
        <button type="button" className="phone-go" ref={button} onClick={() => call(main)}>
          <PhoneFilled aria-hidden /> {t("phone.call")}
          {!isPhone && <kbd title={t("phone.shortcutCall")}>C</kbd>}
        </button>
      )}
      {phones.length > 1 && (
        <div className="phone-row">
          {phones.slice(1).map((other) => (
            <button type="button" key={other.field.key} className="phone-plain num" onClick={() => call(other)}>
              {label(other.field.label)} {phone(other.number)}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
