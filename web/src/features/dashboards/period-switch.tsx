import { CalendarOutlined } from "@ant-design/icons";
import { Button, Input, Popover } from "antd";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { daysOf, type Named, PERIODS } from "./use-period";

type Props = { period: string; days: { first: string; last: string } | null; onChange: (period: string) => void };

/** Which time the figures are of. */
export function PeriodSwitch({ period, days, onChange }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const own = daysOf(period);
  return (
    <div className="periods" role="group" aria-label={t("dashboards.period")}>
      {PERIODS.map((name: Named) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === period}
          className={name === period ? "period on" : "period"}
          onClick={() => onChange(name)}
        >
          {t(`dashboards.periods.${name}`)}
        </button>
      ))}
      <Popover
        trigger="click"
        placement="bottom"
        open={isOpen}
        onOpenChange={setOpen}
        destroyOnHidden
        content={
          <DaysForm
            first={own?.[0] ?? days?.first ?? ""}
            last={own?.[1] ?? days?.last ?? ""}
            onChoose={(chosen) => {
              setOpen(false);
              onChange(chosen);
            }}
          />
        }
      >
        <button
          type="button"
          aria-pressed={own !== null}
          aria-expanded={isOpen}
          className={own ? "period on" : "period"}
        >
          <CalendarOutlined aria-hidden />{" "}
          {own ? own.map((day) => day.slice(5)).join(" – ") : t("dashboards.periods.custom")}
        </button>
      </Popover>
    </div>
  );
}

type DaysProps = { first: string; last: string; onChoose: (period: string) => void };

function DaysForm({ first, last, onChoose }: DaysProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const id = useId();
  const isWhole = daysOf(`${from}..${to}`) !== null && from <= to;
  const choose = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) onChoose(`${from}..${to}`);
  };
  return (
    <form className="period-days" onSubmit={choose}>
      <div>
        <label htmlFor={`${id} from`}>{t("dashboards.from")}</label>
        <Input
          id={`${id} from`}
          type="date"
          value={from}
          max={to || undefined}
          onChange={({ target }) => setFrom(target.value)}
          autoFocus
        />
      </div>
      <div>
        <label htmlFor={`${id} to`}>{t("dashboards.to")}</label>
        <Input
          id={`${id} to`}
          type="date"
          value={to}
          min={from || undefined}
          onChange={({ target }) => setTo(target.value)}
        />
      </div>
      <Button type="primary" htmlType="submit" disabled={!isWhole}>
        {t("dashboards.show")}
      </Button>
    </form>
  );
}
