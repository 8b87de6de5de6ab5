import type { FlowNode, Standing } from "@/api/flow-runs";
import type { Label } from "@/lib/i18n";
import type { WholeFlow } from "./api";
import type { Arrow, Box } from "./layout";

export const TRIGGER = "@trigger";

const WIDTH = 248;
const HEIGHT = 62;
const STANDING_HEIGHT = 24;
const END = { width: 58, height: 26 };

/** What stands in a box. */
export type Piece = { kind: "trigger" } | { kind: "node"; node: FlowNode; standing: Standing[] } | { kind: "end" };

export type Graph = { pieces: ReadonlyMap<string, Piece>; boxes: Box[]; arrows: Arrow[] };

/** The boxes and arrows of a flow: what begins it, its nodes, and an end wherever one of several ways leads nowhere. */
export function graphOf({ nodes, standing }: WholeFlow): Graph {
  const pieces = new Map<string, Piece>([[TRIGGER, { kind: "trigger" }]]);
  const boxes: Box[] = [{ key: TRIGGER, width: WIDTH, height: HEIGHT }];
  const arrows: Arrow[] = [];
  const [first] = nodes;
  if (first) arrows.push({ from: TRIGGER, to: first.key, port: "next" });
  for (const node of nodes) {
    const here = standing.filter((one) => one.node === node.key);
    pieces.set(node.key, { kind: "node", node, standing: here });
    boxes.push({ key: node.key, width: WIDTH, height: HEIGHT + (here.length > 0 ? STANDING_HEIGHT * here.length : 0) });
    for (const { port, to } of node.ports) {
      const end = `${node.key}:${port}`;
      if (to) {
        if (!arrows.some((arrow) => arrow.from === node.key && arrow.to === to))
          arrows.push({ from: node.key, to, port });
        continue;
      }
      if (node.ports.length > 1) {
        pieces.set(end, { kind: "end" });
        boxes.push({ key: end, ...END });
        arrows.push({ from: node.key, to: end, port });
      }
    }
  }
  return { pieces, boxes, arrows };
}

/** The condition under which a branch goes this way, as it is written in the flow. */
export function conditionOf({ definition }: WholeFlow, node: string, port: string): unknown {
  const ways = definition?.nodes.find(({ key }) => key === node)?.config.ways;
  if (!Array.isArray(ways)) return null;
  return (ways.find((way) => way?.port === port) as { when?: unknown } | undefined)?.when ?? null;
}

/** The other table a node writes to. */
export function tableOf({ definition }: WholeFlow, node: string): string | null {
  const table = definition?.nodes.find(({ key }) => key === node)?.config.table;
  return typeof table === "string" ? table : null;
}

/** The name somebody gave a way out. */
export const givenName = (node: FlowNode | undefined, port: string): Label | null => node?.port_labels[port] ?? null;
