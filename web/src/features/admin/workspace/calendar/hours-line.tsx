import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Switch, TimePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { Span, Weekday } from "./api";

type Props = { day: Weekday; spans: readonly Span[]; onChange: (spans: Span[]) => void };

const USUAL: Span = ["09:00", "18:00"];
const MOST_SPANS = 4;

/** One weekday: whether it is worked, and from when to when. */
export function HoursLine({ day, spans, onChange }: Props) {
  const { t } = useTranslation();
  const name = t(`calendar.days.${day}`);
  const put = (at: number, span: Span) => onChange(spans.map((one, place) => (place === at ? span : one)));
  const last = spans.at(-1);
  return (
    <li className={spans.length > 0 ? "hours-line" : "hours-line off"}>
      <b>{name}</b>
      <Switch
        size="small"
        checked={spans.length > 0}
        aria-label={t("calendar.works", { day: name })}
        onChange={(works) => onChange(works ? [USUAL] : [])}
      />
      {spans.length === 0 && <span className="muted">{t("calendar.dayOff")}</span>}
      <span className="hours-spans">
        {spans.map(([opens, closes], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no name, and keep their places
          <span className="hours-span" key={at}>
            <Clock
              label={t("calendar.opens", { day: name })}
              value={opens}
              onChange={(text) => put(at, [text, closes])}
            />
            <span aria-hidden="true">–</span>
            <Clock
              label={t("calendar.closes", { day: name })}
              value={closes}
              isEnd
              onChange={(text) => put(at, [opens, text])}
            />
            {spans.length > 1 && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t("calendar.dropSpan", { day: name, opens, closes })}
                onClick={() => onChange(spans.filter((_, place) => place !== at))}
              />
            )}
          </span>
        ))}
        {last && spans.length < MOST_SPANS && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined aria-hidden />}
            aria-label={t("calendar.addSpan", { day: name })}
            onClick={() => onChange([...spans, [last[1], last[1]]])}
          />
        )}
      </span>
    </li>
  );
}

type ClockProps = { label: string; value: string; isEnd?: boolean; onChange: (text: string) => void };

const FORMAT = "HH:mm";
const MIDNIGHT = "00:00";
const DAYS_END = "24:00";

/** A clock time. As an end, midnight is the day's end. */
function Clock({ label, value, isEnd = false, onChange }: ClockProps) {
  const shown = value === DAYS_END ? MIDNIGHT : value;
  return (
    <TimePicker
      className="clock"
      format={FORMAT}
      minuteStep={5}
      allowClear={false}
      needConfirm={false}
      suffixIcon={null}
      aria-label={label}
      value={dayjs(`2000-01-01T${shown}`)}
      onChange={(moment) => {
        const text = moment?.format(FORMAT);
        if (text) onChange(isEnd && text === MIDNIGHT ? DAYS_END : text);
      }}
    />
  );
}
