import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import type { WholeFlow } from "./api";
import { FlowBox } from "./flow-box";
import { graphOf } from "./graph";
import { draw } from "./layout";
import { linePath } from "./line-path";
import { useTreeWords } from "./use-tree-words";
import { wayWords } from "./way-words";
import "./flow-drawing.css";

type Props = {
  flow: WholeFlow;
  scale: number;
  chosen: string | null;
  onChoose: (node: string | null) => void;
};

const EDGE = 28;

/** A flow as it is, drawn from its nodes: top to bottom, with who stands where. To a listener it is a list. */
export function FlowDrawing({ flow, scale, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const tell = useTreeWords(useMeta().table.get(flow.table));
  const { pieces, boxes, arrows } = graphOf(flow);
  const drawing = draw(boxes, arrows);
  const width = drawing.width + 2 * EDGE;
  const height = drawing.height + 2 * EDGE;
  const isNear = (from: string, to: string) => chosen !== null && (from === chosen || to === chosen);
  const words = (from: string, to: string) => wayWords(flow, from, to, { t, label, tell });
  return (
    <div className="flow-paper" style={{ width: width * scale, height: height * scale }}>
      <div className="flow-sheet" style={{ width, height, transform: `scale(${scale})` }}>
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <marker id="flow-tip" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path d="M0 0.5 7 4 0 7.5z" />
            </marker>
          </defs>
          <g transform={`translate(${EDGE} ${EDGE})`}>
            {drawing.lines.map(({ from, to, port, points }) => (
              <path
                key={`${from} ${port}`}
                className={isNear(from, to) ? "line near" : "line"}
                d={linePath(points)}
                markerEnd="url(#flow-tip)"
              />
            ))}
          </g>
        </svg>
        {drawing.lines.map(({ from, to, port, words: { x, y } }) => {
          const said = words(from, to);
          return (
            said && (
              <span
                key={`${from} ${port}`}
                className="flow-port"
                style={{ left: x + EDGE, top: y + EDGE }}
                title={said.condition}
                aria-hidden="true"
              >
                {said.name}
              </span>
            )
          );
        })}
        <ol aria-label={t("flows.drawingOf", { name: label(flow.label) })}>
          {drawing.boxes.map(({ key, x, y, width: wide, height: high }) => {
            const piece = pieces.get(key);
            return (
              piece && (
                <li key={key} style={{ left: x - wide / 2 + EDGE, top: y + EDGE, width: wide, height: high }}>
                  <FlowBox flow={flow} piece={piece} isChosen={chosen === key} onChoose={onChoose} />
                  <Ways flow={flow} piece={key} words={words} />
                </li>
              )
            );
          })}
        </ol>
      </div>
    </div>
  );
}

type WaysProps = { flow: WholeFlow; piece: string; words: (from: string, to: string) => { name: string } | null };

/** Where one goes on from here, for those who cannot see the lines. */
function Ways({ flow, piece, words }: WaysProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const node = flow.nodes.find(({ key }) => key === piece);
  if (!node) return null;
  const said = node.ports.map(({ port, to }) => {
    const next = flow.nodes.find(({ key }) => key === to);
    const name = words(piece, to ?? `${piece}:${port}`)?.name;
    return [name, next ? label(next.label) : t("flows.end")].filter(Boolean).join("：");
  });
  return <span className="sr-only">{t("flows.leads", { where: said.join(t("flows.comma")) })}</span>;
}
