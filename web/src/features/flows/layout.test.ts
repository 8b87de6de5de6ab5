import { expect, test } from "vitest";
import { type Arrow, type Drawing, draw, type Placed } from "./layout";

const boxes = (...keys: string[]) => keys.map((key) => ({ key, width: 200, height: 60 }));
const arrow = (from: string, to: string, port = "next"): Arrow => ({ from, to, port });
const box = (drawing: Drawing, key: string): Placed => {
  const found = drawing.boxes.find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};

const ASSIGN: [ReturnType<typeof boxes>, Arrow[]] = [
  boxes("when", "source", "ads", "known", "turn", "wait", "lead", "todo"),
  [
    arrow("when", "source"),
    arrow("source", "ads", "ads"),
    arrow("source", "known", "known"),
    arrow("source", "turn", "else"),
    ...["ads", "known", "turn"].flatMap((key) => [arrow(key, "wait"), arrow(key, "lead", "nobody")]),
    arrow("wait", "todo", "timeout"),
  ],
];

test("each box lies below everything that leads to it", () => {
  const [all, arrows] = ASSIGN;
  const drawing = draw(all, arrows);
  for (const { from, to } of arrows) expect(box(drawing, from).y).toBeLessThan(box(drawing, to).y);
});

test("no two boxes lie over each other, and all lie inside the drawing", () => {
  const drawing = draw(...ASSIGN);
  for (const a of drawing.boxes) {
    expect(a.x - 100).toBeGreaterThanOrEqual(0);
    expect(a.x + 100).toBeLessThanOrEqual(drawing.width);
    for (const b of drawing.boxes) {
      if (a !== b && a.y === b.y) expect(Math.abs(a.x - b.x)).toBeGreaterThanOrEqual(200);
    }
  }
});

test("who has one way in stands right below", () => {
  const drawing = draw(boxes("a", "b", "c"), [arrow("a", "b"), arrow("b", "c")]);
  expect(new Set(drawing.boxes.map(({ x }) => x)).size).toBe(1);
});

test("an arrow past a box bends around it", () => {
  const drawing = draw(boxes("a", "b", "c"), [arrow("a", "b", "yes"), arrow("b", "c"), arrow("a", "c", "no")]);
  const past = drawing.lines.find(({ port }) => port === "no");
  const middle = box(drawing, "b");
  const beside = past?.points.filter(({ y }) => y >= middle.y && y <= middle.y + 60) ?? [];
  expect(beside.length).toBeGreaterThan(0);
  for (const { x } of beside) expect(Math.abs(x - middle.x)).toBeGreaterThan(100);
});

test("ways out of a box leave in the order of where they lead", () => {
  const drawing = draw(...ASSIGN);
  const out = drawing.lines.filter(({ from }) => from === "source");
  const starts = [...out].sort((a, b) => (a.points[0]?.x ?? 0) - (b.points[0]?.x ?? 0)).map(({ to }) => to);
  const ends = [...out].sort((a, b) => box(drawing, a.to).x - box(drawing, b.to).x).map(({ to }) => to);
  expect(starts).toEqual(ends);
});

test("lines run straight down or straight sideways, and those to different places never in each other", () => {
  const drawing = draw(...ASSIGN);
  const sideways: { to: string; y: number; left: number; right: number }[] = [];
  for (const { to, points } of drawing.lines) {
    points.slice(1).forEach(({ x, y }, place) => {
      const before = points[place] ?? { x, y };
      expect(x === before.x || y === before.y).toBe(true);
      if (y === before.y && x !== before.x)
        sideways.push({ to, y, left: Math.min(x, before.x), right: Math.max(x, before.x) });
    });
  }
  const meet = sideways.flatMap((a) =>
    sideways.filter((b) => a.to !== b.to && a.y === b.y && a.left <= b.right && b.left <= a.right),
  );
  expect(sideways.length).toBeGreaterThan(5);
  expect(meet).toEqual([]);
});

test("ways to both sides of a box go there at the same height", () => {
  const drawing = draw(boxes("a", "b", "c"), [arrow("a", "b", "yes"), arrow("a", "c", "no")]);
  const heights = drawing.lines.map(({ points }) => points[1]?.y);
  expect(new Set(heights).size).toBe(1);
});

test("a flow that leads back to itself is drawn all the same", () => {
  const drawing = draw(boxes("a", "b"), [arrow("a", "b"), arrow("b", "a")]);
  expect(drawing.boxes).toHaveLength(2);
});
