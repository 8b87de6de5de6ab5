/** A box to be placed, and what leads out of it. */
export type Box = { key: string; width: number; height: number };
export type Arrow = { from: string; to: string /** The way it leaves by. */; port: string };

export type Point = { x: number; y: number };
export type Placed = Box & Point;
/** From corner to corner, straight down or straight sideways; its words stand around one of the points on it. */
export type Line = Arrow & { points: Point[]; words: Point };
export type Drawing = { boxes: Placed[]; lines: Line[]; width: number; height: number };

const GAP_X = 36;
const GAP_Y = 78;
/** Straight down before going sideways; and after, with room for words and for the tip. */
const STUB = 10;
const TIP = 44;
/** An arrow that passes a box has room for its words at the first bend. */
const WORDS = 104;
const SWEEPS = 12;
/** How far ways out of one box stand apart. */
const PORT_GAP = 40;

/** A place in a layer: a box, or a bend of an arrow that passes by. */
type Slot = { key: string; width: number; layer: number; x: number };

/**
 * Draws a flow from top to bottom: each box below everything that leads to it, neighbours near each other, nothing
 * over anything else. Boxes are placed by their middle at the top.
 */
export function draw(boxes: readonly Box[], arrows: readonly Arrow[]): Drawing {
  const layers = layersOf(boxes, arrows);
  const { slots, chains } = withBends(boxes, arrows, layers);
  const rows = rowsOf(slots);
  const links = chains.flatMap(({ keys }) => keys.slice(1).map((key, place) => [keys[place] ?? "", key] as const));
  arrange(rows, links);
  return drawn(boxes, rows, chains);
}

/** The longest way from the beginning; a way back, which there should not be, counts for nothing. */
function layersOf(boxes: readonly Box[], arrows: readonly Arrow[]): Map<string, number> {
  const layers = new Map<string, number>();
  const visit = (key: string, layer: number, way: ReadonlySet<string>) => {
    if (way.has(key) || (layers.get(key) ?? -1) >= layer) return;
    layers.set(key, layer);
    for (const { from, to } of arrows) if (from === key) visit(to, layer + 1, new Set([...way, key]));
  };
  for (const { key } of boxes) if (!arrows.some(({ to }) => to === key)) visit(key, 0, new Set());
  for (const { key } of boxes) if (!layers.has(key)) visit(key, 0, new Set());
  return layers;
}

type Chain = { arrow: Arrow; keys: string[] };

/** An arrow over several layers gets a bend in each, so that boxes make room for it. */
function withBends(boxes: readonly Box[], arrows: readonly Arrow[], layers: ReadonlyMap<string, number>) {
  const slots: Slot[] = boxes.map(({ key, width }) => ({ key, width, layer: layers.get(key) ?? 0, x: 0 }));
  const chains: Chain[] = [];
  for (const arrow of arrows) {
    const [first, last] = [layers.get(arrow.from) ?? 0, layers.get(arrow.to) ?? 0];
    if (last <= first) continue;
    const bends = Array.from({ length: last - first - 1 }, (_, step) => ({
      key: `${arrow.from}>${arrow.port}>${step}`,
      width: step === 0 ? WORDS : 0,
      layer: first + step + 1,
      x: 0,
    }));
    slots.push(...bends);
    chains.push({ arrow, keys: [arrow.from, ...bends.map(({ key }) => key), arrow.to] });
  }
  return { slots, chains };
}

function rowsOf(slots: readonly Slot[]): Slot[][] {
  const rows: Slot[][] = [];
  for (const slot of slots) rows[slot.layer] = [...(rows[slot.layer] ?? []), slot];
  return rows;
}

type Links = readonly (readonly [string, string])[];

/** First who stands beside whom, by the middle of their neighbours; then where exactly. */
function arrange(rows: Slot[][], links: Links): void {
  const place = (row: Slot[]) => {
    spread(
      row,
      row.map(({ x }) => x),
    );
  };
  for (const row of rows) {
    row.forEach((slot, at) => {
      slot.x = at;
    });
    place(row);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const wanted = new Map(row.map((slot) => [slot.key, pull(slot, rows, links, down)]));
      // Who stands where is settled in the first half; afterwards only distances are.
      if (sweep < SWEEPS / 2) row.sort((a, b) => (wanted.get(a.key) ?? 0) - (wanted.get(b.key) ?? 0));
      spread(
        row,
        row.map(({ key }) => wanted.get(key) ?? 0),
      );
    }
  }
}

/** Where its neighbours above (or below) would like to have it. */
function pull(slot: Slot, rows: Slot[][], links: Links, fromAbove: boolean): number {
  const keys = links.flatMap(([from, to]) =>
    fromAbove ? (to === slot.key ? [from] : []) : from === slot.key ? [to] : [],
  );
  const neighbours = rows[slot.layer + (fromAbove ? -1 : 1)]?.filter(({ key }) => keys.includes(key)) ?? [];
  if (neighbours.length === 0) return slot.x;
  return neighbours.reduce((sum, { x }) => sum + x, 0) / neighbours.length;
}

/** As near to where each wants to be as goes without standing too close: neighbours in each other's way move as one. */
function spread(row: Slot[], wanted: readonly number[]): void {
  const offsets: number[] = [];
  row.forEach((slot, at) => {
    const before = row[at - 1];
    offsets.push(before ? (offsets[at - 1] ?? 0) + (before.width + slot.width) / 2 + GAP_X : 0);
  });
  const groups: { sum: number; count: number }[] = [];
  row.forEach((_, at) => {
    groups.push({ sum: (wanted[at] ?? 0) - (offsets[at] ?? 0), count: 1 });
    for (let last = groups.length - 1; last > 0; last = groups.length - 1) {
      const [a, b] = [groups[last - 1], groups[last]];
      if (!a || !b || a.sum / a.count <= b.sum / b.count) break;
      groups.splice(last - 1, 2, { sum: a.sum + b.sum, count: a.count + b.count });
    }
  });
  const starts = groups.flatMap(({ sum, count }) => Array<number>(count).fill(sum / count));
  row.forEach((slot, at) => {
    slot.x = (starts[at] ?? 0) + (offsets[at] ?? 0);
  });
}

function drawn(boxes: readonly Box[], rows: readonly Slot[][], chains: readonly Chain[]): Drawing {
  const size = new Map(boxes.map((box) => [box.key, box]));
  const heights = rows.map((row) => Math.max(0, ...row.map(({ key }) => size.get(key)?.height ?? 0)));
  const tops = heights.map((_, layer) => heights.slice(0, layer).reduce((sum, height) => sum + height + GAP_Y, 0));
  const all = rows.flat();
  const left = Math.min(...all.map(({ x, width }) => x - width / 2), 0);
  const right = Math.max(...all.map(({ x, width }) => x + width / 2), 0);
  const at = new Map(all.map((slot) => [slot.key, { ...slot, x: slot.x - left }]));
  const ways = portsInOrder(chains, at);
  const floor = (layer: number) => (tops[layer] ?? 0) + (heights[layer] ?? 0);
  const lanes = lanesOf(ways, at, floor);
  return {
    boxes: boxes.map((box) => ({ ...box, x: at.get(box.key)?.x ?? 0, y: tops[at.get(box.key)?.layer ?? 0] ?? 0 })),
    lines: ways.map(({ chain, shift }) => {
      const points: Point[] = [];
      chain.keys.forEach((key, place) => {
        const [here, next] = [at.get(key), at.get(chain.keys[place + 1] ?? "")];
        if (!here || !next) return;
        const top = tops[here.layer] ?? 0;
        const height = size.get(key)?.height ?? heights[here.layer] ?? 0;
        const x = here.x + (place === 0 ? shift : 0);
        points.push({ x, y: top + height });
        const lane = lanes.get(next.key) ?? 0;
        if (Math.abs(x - next.x) > 0.5) points.push({ x, y: lane }, { x: next.x, y: lane });
        points.push({ x: next.x, y: tops[next.layer] ?? 0 });
      });
      const [first, second] = [at.get(chain.keys[0] ?? ""), at.get(chain.keys[1] ?? "")];
      const floorOf = floor(first?.layer ?? 0);
      return { ...chain.arrow, points, words: { x: second?.x ?? 0, y: floorOf + GAP_Y - TIP + (TIP - 10) / 2 } };
    }),
    width: right - left,
    height: floor(rows.length - 1),
  };
}

type Way = { chain: Chain; shift: number };
type Slots = ReadonlyMap<string, Slot>;

/** Ways out of a box stand side by side in the order of where they lead, so that they do not cross at once. */
function portsInOrder(chains: readonly Chain[], at: Slots): Way[] {
  return chains.map((chain) => {
    const siblings = chains
      .filter(({ arrow }) => arrow.from === chain.arrow.from)
      .sort((a, b) => (at.get(a.keys[1] ?? "")?.x ?? 0) - (at.get(b.keys[1] ?? "")?.x ?? 0));
    return { chain, shift: (siblings.indexOf(chain) - (siblings.length - 1) / 2) * PORT_GAP };
  });
}

/** A way sideways below a layer, to a box or a bend; those to the same place are one. */
type Stretch = { to: string; left: number; right: number };

/**
 * How high below its layer each way goes sideways, by where it leads: ways to the same place run together, others
 * never in each other.
 */
function lanesOf(ways: readonly Way[], at: Slots, floor: (layer: number) => number): Map<string, number> {
  const lanes = new Map<string, number>();
  for (const [layer, stretches] of stretchesOf(ways, at)) {
    const rows: Stretch[][] = [];
    for (const stretch of [...stretches].sort((a, b) => a.left - b.left)) {
      const free = rows.find((row) => row.every(({ left, right }) => right < stretch.left || left > stretch.right));
      if (free) free.push(stretch);
      else rows.push([stretch]);
    }
    const step = (GAP_Y - STUB - TIP) / rows.length;
    rows.forEach((row, place) => {
      for (const { to } of row) lanes.set(to, floor(layer) + STUB + (place + 0.5) * step);
    });
  }
  return lanes;
}

function stretchesOf(ways: readonly Way[], at: Slots): Map<number, Stretch[]> {
  const layers = new Map<number, Stretch[]>();
  for (const { chain, shift } of ways) {
    chain.keys.slice(1).forEach((to, place) => {
      const [here, next] = [at.get(chain.keys[place] ?? ""), at.get(to)];
      if (!here || !next) return;
      const x = here.x + (place === 0 ? shift : 0);
      const all = layers.get(here.layer) ?? [];
      const known = all.find((stretch) => stretch.to === to);
      const [left, right] = [Math.min(x, next.x), Math.max(x, next.x)];
      if (known) Object.assign(known, { left: Math.min(known.left, left), right: Math.max(known.right, right) });
      else all.push({ to, left, right });
      layers.set(here.layer, all);
    });
  }
  return layers;
}
