import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useFormat } from "@/api/use-format";
import { momentOf, wallAt } from "@/lib/zone";
import { type InputProps, textOf } from "./field";

/** The picker thinks in the browser's own time; it is shown the workspace's clock instead. */
const shown = (iso: string, zone: string): Dayjs => {
  const { year, month, day, hour, minute, second } = wallAt(new Date(iso), zone);
  return dayjs(new Date(year, month - 1, day, hour, minute, second));
};

const meant = (picked: Dayjs, zone: string): string =>
  momentOf(
    {
      year: picked.year(),
      month: picked.month() + 1,
      day: picked.date(),
      hour: picked.hour(),
      minute: picked.minute(),
      second: 0,
    },
    zone,
  ).toISOString();

/** Date and time to the minute, in the time zone of the workspace. */
export function MomentPicker({ aria, value, onChange, autoFocus, size }: InputProps) {
  const { zone } = useFormat();
  const iso = textOf(value);
  return (
    <DatePicker
      {...aria}
      style={{ width: "100%" }}
      showTime={{ format: "HH:mm", minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      value={iso ? shown(iso, zone) : null}
      onChange={(next) => onChange(next ? meant(next, zone) : null)}
      autoFocus={autoFocus}
      {...(size ? { size } : {})}
    />
  );
}
