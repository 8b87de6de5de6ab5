import { useQueries } from "@tanstack/react-query";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { useSettled } from "@/ui/use-settled";
import { foundQuery } from "./api";
import type { Command } from "./commands";

const MOST_TABLES = 6;

/** Records of the tables used most whose text holds the words. */
export function useFound(typed: string, go: (to: string) => void): { found: Command[]; isSearching: boolean } {
  const { label } = useFormat();
  const settled = useSettled(typed.trim());
  const searched = useMeta()
    .tables.filter(({ rights, settings }) => rights.read !== false && settings.title && settings.menu !== null)
    .sort((a, b) => (a.settings.menu ?? 0) - (b.settings.menu ?? 0))
    .slice(0, MOST_TABLES);
  const answers = useQueries({ queries: searched.map((table) => foundQuery(table, settled)) });
  const asCommand = (table: Table, record: Rec): Command => ({
    key: `${table.key}/${record.id}`,
    kind: "record",
    name: titleOf(table, record),
    note: [subtitleOf(table, record), label(table.label)].filter(Boolean).join(" · "),
    icon: table.settings.icon,
    run: () => go(`/t/${table.key}/${record.id}`),
  });
  return {
    found: answers.flatMap(({ data }, at) => {
      const table = searched[at];
      return table && settled.length >= 2 ? (data ?? []).map((record) => asCommand(table, record)) : [];
    }),
    isSearching: typed.trim().length >= 2 && (settled !== typed.trim() || answers.some(({ isFetching }) => isFetching)),
  };
}

function subtitleOf({ settings }: Table, record: Rec): string {
  const subtitle = settings.subtitle ? record[settings.subtitle] : null;
  if (typeof subtitle === "object" && subtitle !== null && "title" in subtitle) return String(subtitle.title);
  return typeof subtitle === "string" ? subtitle : "";
}
