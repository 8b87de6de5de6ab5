import { choicesOf } from "@/api/choices";
import type { Field, Table } from "@/api/meta";

/** The field whose choices are the columns of a board; null where a table has none, or one may not see it. */
export function stageOf({ settings, byKey }: Table): Field | null {
  const field = settings.stage ? byKey.get(settings.stage) : undefined;
  return field?.readable && choicesOf(field).length > 0 ? field : null;
}
