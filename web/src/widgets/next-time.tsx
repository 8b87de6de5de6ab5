import { ClockCircleOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { nextTimes } from "@/lib/next-times";
import { clock, wallAt } from "@/lib/zone";
import { Picks } from "@/ui/picks";
import { textOf } from "./field";
import { MomentPicker } from "./moment-picker";
import { QuickLabel } from "./quick-label";

const CHOOSE = "choose";

type Props = { field: Field; value: unknown; isRequired?: boolean; onChange: (value: unknown) => void };

/** When to speak next: the times people agree on most, or any other. */
export function NextTime({ field, value, isRequired = false, onChange }: Props) {
  const { t } = useTranslation();
  const { zone, label, when, language } = useFormat();
  const [times] = useState(() => nextTimes(new Date(), zone));
  const [isFree, setFree] = useState(false);
  const at = textOf(value);
  const weekday = (iso: string) =>
    new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { timeZone: zone, weekday: "short" })
      .format(new Date(iso))
      .replace("周", "");
  const picks = [
    ...times.map(({ key, at: moment }) => ({
      key,
      label: t(`records.quick.${key}`, { at: clock(wallAt(new Date(moment), zone)), day: weekday(moment) }),
    })),
    { key: CHOOSE, label: t("records.quick.choose") },
  ];
  const chosen = isFree ? CHOOSE : (times.find((time) => time.at === at)?.key ?? null);
  const choose = (key: string | null) => {
    setFree(key === CHOOSE);
    onChange(times.find((time) => time.key === key)?.at ?? null);
  };
  return (
    <div>
      <QuickLabel isRequired={isRequired} chosen={at ? when(at) : null}>
        <ClockCircleOutlined aria-hidden /> {t("records.nextTime")}
      </QuickLabel>
      <Picks className="small" picks={picks} value={chosen} onChange={choose} label={label(field.label)} numbered />
      {isFree && (
        <MomentPicker aria={{ id: `next-${field.key}` }} field={field} value={value} onChange={onChange} autoFocus />
      )}
    </div>
  );
}
