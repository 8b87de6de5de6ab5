import type { Measure, Part, Tile } from "@/api/dashboards";
import { type Format, useFormat } from "@/api/use-format";
import { figureText, type Measured } from "@/lib/figure";

/** What every chart is given: its tile, and where the records behind a filter are listed. */
export type ChartProps = { tile: Tile; listAt: (filter: unknown, sort?: string | null) => string };

const NONE: Measure = { unit: "number" };

export const measureAt = (tile: Tile, place: number): Measure => tile.measures[place] ?? NONE;

/** How a measure's figures are written. */
export const measuredBy = ({ unit, currency }: Measure, format: Format): Measured => ({
  unit,
  currency: currency ?? format.currency,
  language: format.language,
});

/** Figures of a tile as text: with the digits of a headline, or short, for the narrow places of a chart. */
export function useFigures(tile: Tile) {
  const format = useFormat();
  const text = (value: number | string | null, place: number, from?: number) =>
    figureText(value, measuredBy(measureAt(tile, place), format), from);
  return {
    format,
    full: (value: number | string | null, place = 0) => text(value, place),
    short: (value: number | string | null, place = 0) => text(value, place, 100_000),
    name: (place: number) => {
      const label = measureAt(tile, place).label;
      return label ? format.label(label) : format.label(tile.label);
    },
    part: (part: Part) => (part.label ? format.label(part.label) : String(part.key ?? "—")),
  };
}

/** The colours of parts, in their order. */
export const PART_COLOURS = ["primary", "indigo", "amber", "violet", "cinnabar", "ink3"] as const;
export const partColour = (place: number, isRest = false) =>
  isRest ? "var(--c-line)" : `var(--c-${PART_COLOURS[place % PART_COLOURS.length]})`;

export const isBlank = ({ parts, values }: Tile) =>
  values.every(({ count, of }) => !count && !of) &&
  parts.every((part) => part.values.every(({ count, of }) => !count && !of));
