import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { choicesOf } from "@/api/choices";
import type { Relation } from "@/api/relations";
import { useFormat } from "@/api/use-format";
import { toneOf } from "@/ui/chip";
import { textOf } from "@/widgets/field";
import { kindOf, voiceprintQuery } from "./voiceprint-api";
import { barsOf, DAYS } from "./voiceprint-bars";
import "./voiceprint.css";

/** 接触声纹: the contacts of the last ninety days as the print of a voice; high where there were many. */
export function Voiceprint({ journal: { table, field }, id }: { journal: Relation; id: number }) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const moment = table.settings.timeline ?? "";
  const kind = kindOf(table);
  const { data } = useQuery(voiceprintQuery({ table, field }, id));
  const contacts = (data?.records ?? []).map((record) => ({
    at: textOf(record[moment]),
    kind: kind ? textOf(record[kind.key]) : "",
  }));
  const bars = barsOf(contacts, new Date());
  const choices = kind ? choicesOf(kind) : [];
  const tone = (key: string) => toneOf(choices.find((choice) => choice.key === key)?.color);
  const used = choices.filter(({ key }) => contacts.some((contact) => contact.kind === key));
  return (
    <section className="print card">
      <div className="print-head">
        <b>{t("records.voiceprint")}</b>
        <span className="muted">
          {data ? t("records.voiceprintSum", { days: DAYS, count: number(data.count ?? 0) as unknown as number }) : ""}
        </span>
        <span className="print-legend">
          {used.map(({ key, label: name }) => (
            <span key={key} data-tone={tone(key)}>
              <i />
              {label(name)}
            </span>
          ))}
        </span>
      </div>
      <div className="print-bars" aria-hidden="true">
        {bars.map((bar, place) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
            key={place}
            className={bar ? "some" : ""}
            data-tone={bar ? tone(bar.kind) : undefined}
            style={bar ? { height: bar.height } : undefined}
          />
        ))}
      </div>
    </section>
  );
}
