import { useTranslation } from "react-i18next";
import { Chip } from "@/ui/chip";
import type { Year } from "./api";
import { stretchesOf } from "./stretches";
import { useDayWords } from "./use-day-words";

/** What a year has beside its weekdays, and whether that is certain yet. */
export function YearDays({ year: { year, provisional, days } }: { year: Year }) {
  const { t } = useTranslation();
  const words = useDayWords();
  return (
    <section className="year" aria-label={String(year)}>
      <p>
        <b className="num">{year}</b>
        {provisional ? <Chip tone="amber">{t("calendar.provisional")}</Chip> : <Chip>{t("calendar.announced")}</Chip>}
      </p>
      {provisional && <p className="muted">{t("calendar.provisionalHint")}</p>}
      <ul className="days">
        {stretchesOf(days).map(({ from, to, works, own }) => (
          <li key={from} className="day" data-tone={works ? "amber" : own ? "jade" : "grey"}>
            {t(works ? "calendar.worked" : "calendar.off", {
              days: from === to ? words(from) : `${words(from)}–${words(to)}`,
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
