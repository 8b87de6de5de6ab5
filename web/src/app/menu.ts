import { type Meta, mayOversee as overseesTable, type Table, useMeta } from "@/api/meta";

export type Entry = { to: string; icon: string; label: { zh: string; en: string } };

/** A rep is shown at most six entries: today, the tables used most, and the rest behind "more". */
const MOST_ENTRIES = 5;

/** Tables in the order they ask for; those that ask for no place come last, as they stand. */
export function inMenuOrder(tables: readonly Table[]): Table[] {
  const place = ({ settings }: Table) => settings.menu ?? Number.POSITIVE_INFINITY;
  return [...tables].filter((table) => table.rights.read !== false).sort((a, b) => place(a) - place(b) || 0);
}

/** What stands in the menu itself, and what behind "more". */
export function menuOf(tables: readonly Table[]): { shown: Table[]; more: Table[] } {
  const all = inMenuOrder(tables);
  const asking = all.filter((table) => typeof table.settings.menu === "number").length;
  const room = all.length > MOST_ENTRIES ? MOST_ENTRIES - 1 : MOST_ENTRIES;
  const count = Math.min(asking, room);
  return { shown: all.slice(0, count), more: all.slice(count) };
}

export const mayAdminister = (meta: Meta) => meta.user.is_administrator;
/** Whether any flow may concern him. */
export const mayOversee = (meta: Meta) => mayAdminister(meta) || meta.tables.some(overseesTable);
export const mayImport = (meta: Meta) => meta.tables.some((table) => table.rights.import && table.rights.create);

/** In the menu itself for whom a dashboard says so, else behind "more". */
const FIGURES: Entry = { to: "/dashboards", icon: "gauge", label: { zh: "看板", en: "Figures" } };

const entryOf = ({ key, label, settings }: Table): Entry => ({ to: `/t/${key}`, icon: settings.icon, label });

/** The menu of whoever is logged in: the figures, and the tables. */
export function useMenu() {
  const meta = useMeta();
  const { shown, more } = menuOf(meta.tables);
  const figures = meta.dashboards.length > 0 ? [FIGURES] : [];
  const areShown = meta.dashboards.some(({ menu }) => menu);
  return {
    tables: [...(areShown ? figures : []), ...shown.map(entryOf)],
    more: [...(areShown ? [] : figures), ...more.map(entryOf)],
    mayImport: mayImport(meta),
    mayAdminister: mayAdminister(meta),
  };
}
