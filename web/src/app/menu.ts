import { type Meta, type Table, useMeta } from "@/api/meta";

export type Entry = { to: string; icon: string; label: { zh: string; en: string } };

/** A rep is shown at most six entries, today among them; whatever is left over is reached through search and links. */
const MOST_TABLES = 5;

/** Tables that ask for a place in the menu, in the order they ask for. */
export function menuTables(tables: readonly Table[]): Table[] {
  return tables
    .filter((table) => typeof table.settings.menu === "number")
    .sort((a, b) => (a.settings.menu ?? 0) - (b.settings.menu ?? 0));
}

export const mayAdminister = (meta: Meta) => meta.user.is_administrator;
export const mayImport = (meta: Meta) => meta.tables.some((table) => table.rights.import && table.rights.create);

/** The tables of the menu for whoever is logged in. */
export function useMenu(): { tables: Entry[]; mayImport: boolean; mayAdminister: boolean } {
  const meta = useMeta();
  const shown = menuTables(meta.tables).slice(0, MOST_TABLES);
  return {
    tables: shown.map((table) => ({ to: `/t/${table.key}`, icon: table.settings.icon, label: table.label })),
    mayImport: mayImport(meta),
    mayAdminister: mayAdminister(meta),
  };
}
