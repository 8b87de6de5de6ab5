import type { Meta } from "./meta";

/** Worked out once for each table of a workspace as it is described now: asked for at every line and every key. */
export function oncePerTable<Found>(work: (meta: Meta, key: string) => Found): (meta: Meta, key: string) => Found {
  const known = new WeakMap<Meta, Map<string, Found>>();
  return (meta, key) => {
    const here = known.get(meta) ?? new Map<string, Found>();
    known.set(meta, here);
    const found = here.has(key) ? (here.get(key) as Found) : work(meta, key);
    here.set(key, found);
    return found;
  };
}
