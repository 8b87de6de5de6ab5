import type { Table } from "@/api/meta";

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
  };
}

/** Only what differs from the standard is written. */
export function writeOptions(parameters: URLSearchParams, options: Options, table: Table): URLSearchParams {
  const written = new URLSearchParams(parameters);
  for (const name of ["mode", "match", "unknown", "sheet"]) written.delete(name);
  const standard = readOptions(written, table);
  if (options.mode !== standard.mode) written.set("mode", options.mode);
  if (options.match.join() !== standard.match.join()) written.set("match", options.match.join());
  if (options.unknown !== standard.unknown) written.set("unknown", options.unknown);
  if (options.sheet !== null) written.set("sheet", options.sheet);
  return written;
}
