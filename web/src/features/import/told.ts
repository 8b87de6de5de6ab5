import type { Table } from "@/api/meta";
import { filledOf, type Mapping } from "./mapping";
import type { Options } from "./options";

/** The options as the server takes them. `mapping` null = automatic. */
export function told(table: Table, { mode, match, unknown, sheet, set }: Options, mapping: Mapping | null) {
  const asked = matchTold(table, match, mapping, set);
  return {
    mode,
    unknown_option: unknown,
    ...(mapping ? { mapping } : {}),
    ...(asked ? { match: asked } : {}),
    ...(sheet === null ? {} : { sheet }),
    ...(Object.keys(filledOf(set)).length > 0 ? { set: filledOf(set) } : {}),
  };
}

/**
 * The table's own match fields are not named: so they count only when the file has them. Others must be filled,
 * or the server refuses the file.
 */
function matchTold(table: Table, match: readonly string[], mapping: Mapping | null, set: Options["set"]) {
  if (match.join() === table.settings.match.join()) return null;
  const filled = mapping && new Set([...Object.values(mapping), ...Object.keys(filledOf(set))]);
  return filled ? match.filter((key) => filled.has(key)) : match;
}
