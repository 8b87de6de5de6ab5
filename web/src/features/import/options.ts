import type { Table } from "@/api/meta";
import { z } from "@/lib/zod";

export const MODES = ["create", "update", "upsert"] as const;
export type Mode = (typeof MODES)[number];

export const UNKNOWN = ["add", "fault", "empty"] as const;
export type Unknown = (typeof UNKNOWN)[number];

/** Fields that may together say that two records are the same. */
export const MOST_MATCH = 5;

/** How a file is imported. It stands in the address, so that a reload loses nothing. */
export type Options = {
  mode: Mode;
  /** Fields by which a row is recognised as a record that is there already. */
  match: readonly string[];
  /** What becomes of a text that is not among a drop-down's options. */
  unknown: Unknown;
  /** A worksheet by its name; null = the first with content. */
  sheet: string | null;
  /** Field key → value for every row that has none of its own. */
  set: Readonly<Record<string, unknown>>;
};

/** The ways of importing that somebody with these rights may choose. */
export const modesFor = ({ rights }: Table): Mode[] =>
  MODES.filter((mode) => (mode === "update" || rights.create) && (mode === "create" || rights.update));

export function readOptions(parameters: URLSearchParams, table: Table): Options {
  const modes = modesFor(table);
  const match = parameters.get("match");
  return {
    mode: modes.find((mode) => mode === parameters.get("mode")) ?? modes[0] ?? "create",
    match: match === null ? table.settings.match : match.split(",").filter((key) => table.byKey.has(key)),
    unknown: UNKNOWN.find((unknown) => unknown === parameters.get("unknown")) ?? "add",
    sheet: parameters.get("sheet"),
    set: readSet(parameters.get("set"), table),
  };
}

function readSet(text: string | null, table: Table): Options["set"] {
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text ?? "{}"));
    return Object.fromEntries(Object.entries(parsed.data ?? {}).filter(([key]) => table.byKey.has(key)));
  } catch {
    return {};
  }
}

/** Only what differs from the standard is written. */
export function writeOptions(parameters: URLSearchParams, options: Options, table: Table): URLSearchParams {
  const written = new URLSearchParams(parameters);
  for (const name of ["mode", "match", "unknown", "sheet", "set"]) written.delete(name);
  const standard = readOptions(written, table);
  if (options.mode !== standard.mode) written.set("mode", options.mode);
  if (options.match.join() !== standard.match.join()) written.set("match", options.match.join());
  if (options.unknown !== standard.unknown) written.set("unknown", options.unknown);
  if (options.sheet !== null) written.set("sheet", options.sheet);
  if (Object.keys(options.set).length > 0) written.set("set", JSON.stringify(options.set));
  return written;
}
