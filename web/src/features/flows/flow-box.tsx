import { useTranslation } from "react-i18next";
import type { Standing } from "@/api/flow-runs";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import type { WholeFlow } from "./api";
import { type Piece, tableOf } from "./graph";
import { type Look, lookOf, TRIGGER_LOOK } from "./node-look";
import { useTreeWords } from "./use-tree-words";
import { kindWord } from "./words";

type Props = { flow: WholeFlow; piece: Piece; isChosen: boolean; onChoose: (node: string | null) => void };

/** One box of the drawing: what it does, and how many runs stand there. */
export function FlowBox({ flow, piece, isChosen, onChoose }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  if (piece.kind === "end") return <span className="flow-end">{t("flows.end")}</span>;
  if (piece.kind === "trigger") return <Trigger flow={flow} />;
  const { node, standing } = piece;
  // The server says a table by its key; people know it by its name.
  const saidOf = (said: string) => {
    const made = meta.table.get(tableOf(flow, node.key) ?? "");
    return made ? said.replace(made.key, label(made.label)) : said;
  };
  const isFailed = standing.some(({ state }) => state === "error");
  return (
    <button
      type="button"
      className={`flow-box${isChosen ? " on" : isFailed ? " failed" : ""}`}
      aria-pressed={isChosen}
      onClick={() => onChoose(isChosen ? null : node.key)}
    >
      <Face
        look={lookOf(node.type)}
        tag={kindWord(node.type, t)}
        name={label(node.label)}
        said={saidOf(label(node.said))}
      />
      {standing.map((one) => (
        <StandingLine key={one.state} standing={one} />
      ))}
    </button>
  );
}

function Trigger({ flow }: { flow: WholeFlow }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const table = useMeta().table.get(flow.table);
  const tell = useTreeWords(table);
  const said = [table ? label(table.label) : flow.table, tell(flow.trigger.when)].filter(Boolean).join(" · ");
  return (
    <div className="flow-box">
      <Face look={TRIGGER_LOOK} tag={t("flows.trigger")} name={label(flow.trigger.label)} said={said} />
    </div>
  );
}

type FaceProps = { look: Look; tag: string; name: string; said: string };

function Face({ look: { tone, Icon }, tag, name, said }: FaceProps) {
  return (
    <span className="flow-face" data-tone={tone}>
      <span className="flow-tag">
        <Chip tone={tone}>{tag}</Chip>
      </span>
      <span className="flow-icon">
        <Icon aria-hidden />
      </span>
      <span className="flow-name">
        <b className="ellipsis" title={name}>
          {name}
        </b>
        {said !== name && (
          <span className="ellipsis" title={said}>
            {said}
          </span>
        )}
      </span>
    </span>
  );
}

/** How many stand here, since when, and when the next of them goes on. */
function StandingLine({ standing: { state, count, oldest, next_due } }: { standing: Standing }) {
  const { t } = useTranslation();
  const { number, when } = useFormat();
  const known = state === "waiting" || state === "error" ? state : "due";
  const details = [
    oldest && t("flows.since", { when: when(oldest) }),
    next_due && state === "waiting" && t("flows.next", { when: when(next_due) }),
  ].filter(Boolean);
  return (
    <span className={`flow-standing ${known}`} title={details.join(" · ")}>
      <b className="num">{number(count)}</b>
      {t(`flows.standing.${known}`)}
      <small>{details.at(-1)}</small>
    </span>
  );
}
