import { CloseOutlined } from "@ant-design/icons";
import { Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDayWords } from "./use-day-words";

type Days = { holidays: string[]; workdays: string[] };
type Props = Days & { onChange: (days: Partial<Days>) => void };

/** The firm's own days off and make-up days. */
export function DaysEditor({ holidays, workdays, onChange }: Props) {
  const { t } = useTranslation();
  const [day, setDay] = useState("");
  const add = (works: boolean) => {
    const without = (days: string[]) => days.filter((one) => one !== day);
    const into = (days: string[]) => [...without(days), day].sort();
    onChange({
      holidays: works ? without(holidays) : into(holidays),
      workdays: works ? into(workdays) : without(workdays),
    });
    setDay("");
  };
  return (
    <>
      <div className="days-add">
        <DatePicker
          aria-label={t("calendar.day")}
          placeholder={t("calendar.day")}
          value={day ? dayjs(day) : null}
          onChange={(moment) => setDay(moment?.format("YYYY-MM-DD") ?? "")}
          // Here Enter chooses the day; it must not save the form, and the day be gone.
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
          }}
        />
        <Button disabled={!day} onClick={() => add(false)}>
          {t("calendar.addHoliday")}
        </Button>
        <Button disabled={!day} onClick={() => add(true)}>
          {t("calendar.addWorkday")}
        </Button>
      </div>
      <ul className="days">
        {holidays.map((one) => (
          <OwnDay
            key={one}
            day={one}
            works={false}
            onDrop={() => onChange({ holidays: holidays.filter((other) => other !== one) })}
          />
        ))}
        {workdays.map((one) => (
          <OwnDay
            key={one}
            day={one}
            works
            onDrop={() => onChange({ workdays: workdays.filter((other) => other !== one) })}
          />
        ))}
      </ul>
    </>
  );
}

function OwnDay({ day, works, onDrop }: { day: string; works: boolean; onDrop: () => void }) {
  const { t } = useTranslation();
  const words = useDayWords();
  const said = t(works ? "calendar.worked" : "calendar.off", { days: words(day, true) });
  return (
    <li className="day" data-tone={works ? "amber" : "jade"}>
      {said}
      <button type="button" aria-label={t("calendar.dropDay", { day: said })} onClick={onDrop}>
        <CloseOutlined aria-hidden />
      </button>
    </li>
  );
}
