import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { sentenceOf } from "@/api/sentence";
import { Notice } from "@/ui/notice";
import { useWrite } from "../../use-write";
import { type Calendar, calendarQuery, changeCalendar, WEEKDAYS, type Working } from "./api";
import { DaysEditor } from "./days-editor";
import { HoursLine } from "./hours-line";
import { YearDays } from "./year-days";
import "./calendar.css";

/** When the firm works: what flows count their working days and hours by. */
export function CalendarForm() {
  const { t } = useTranslation();
  const { data, error } = useQuery(calendarQuery);
  return (
    <section className="workspace calendar card" aria-labelledby="calendar-title">
      <h2 id="calendar-title">{t("calendar.title")}</h2>
      <p className="muted">{t("calendar.hint")}</p>
      {error && !data && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {data ? <Editor key={JSON.stringify(data)} calendar={data} /> : <Skeleton active paragraph={{ rows: 7 }} />}
    </section>
  );
}

function Editor({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation();
  const { hours, holidays, workdays } = calendar;
  const [first] = useState<Working>({ hours, holidays, workdays });
  const [values, setValues] = useState(first);
  const { mutate, error, isPending } = useWrite(changeCalendar, { said: t("calendar.saved") });
  const isDirty = JSON.stringify(values) !== JSON.stringify(first);
  const faults = error instanceof ApiError ? Object.values(error.fields) : [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty) mutate(values);
      }}
      noValidate
    >
      {error && <Notice tone="cinnabar">{faults.length > 0 ? faults.join(" ") : sentenceOf(error)}</Notice>}
      <ul className="hours" aria-label={t("calendar.hours")}>
        {WEEKDAYS.map((day) => (
          <HoursLine
            key={day}
            day={day}
            spans={values.hours[day] ?? []}
            onChange={(spans) => setValues({ ...values, hours: { ...values.hours, [day]: spans } })}
          />
        ))}
      </ul>
      <h3>{t("calendar.own")}</h3>
      <p className="muted">{t("calendar.ownHint")}</p>
      <DaysEditor
        holidays={values.holidays}
        workdays={values.workdays}
        onChange={(days) => setValues({ ...values, ...days })}
      />
      <div className="calendar-acts">
        <Button type="primary" htmlType="submit" loading={isPending} disabled={!isDirty}>
          {t("common.save")}
        </Button>
        {isDirty && <Button onClick={() => setValues(first)}>{t("common.cancel")}</Button>}
      </div>
      <h3>{t("calendar.years")}</h3>
      {calendar.years.map((year) => (
        <YearDays key={year.year} year={year} />
      ))}
    </form>
  );
}
