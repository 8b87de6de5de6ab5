import { PhoneFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CALL } from "@/api/calls";
import { choicesOf } from "@/api/choices";
import { useMeta } from "@/api/meta";
import type { Leg } from "@/api/recordings";
import { useFormat } from "@/api/use-format";
import { clockOf } from "@/lib/duration";
import { Chip, toneOf } from "@/ui/chip";
import { textOf } from "@/widgets/field";
import { Recording } from "@/widgets/recording/recording";
import type { Entry } from "../api";
import { TimelineFrame } from "./timeline-frame";
import { recordAddress } from "./whereabouts";

type Props = { entry: Entry; legs: readonly Leg[] | undefined };

/** A call: how it went, how long, and what was said, for those who may hear it. */
export function CallEntry({ entry, legs }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { table } = useMeta();
  const record = entry.record ?? {};
  const choice = (key: string) => {
    const field = table.get(CALL)?.byKey.get(key);
    return field && choicesOf(field).find((one) => one.key === record[key]);
  };
  const isOver = record.state === "ended";
  const how = isOver ? choice("outcome") : choice("state");
  const words = [choice("direction"), how].flatMap((one) => (one ? [label(one.label)] : []));
  const talked = Number(textOf(record.talk_seconds)) || 0;
  return (
    <TimelineFrame
      icon={<PhoneFilled aria-hidden />}
      tone={toneOf(how?.color)}
      by={entry.by}
      at={entry.at}
      title={
        <Link to={recordAddress(CALL, entry.id)} className="event-link">
          {words.join(" · ")}
        </Link>
      }
      aside={
        <>
          {talked > 0 && !legs && <span className="muted num">{clockOf(talked)}</span>}
          {record.wrap_up === "pending" && <Chip tone="amber">{t("phone.owedTitle")}</Chip>}
        </>
      }
    >
      {legs && legs.length > 0 && <Recording legs={legs} />}
    </TimelineFrame>
  );
}
