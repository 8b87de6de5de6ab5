import type { Widget } from "./field";

const modules = import.meta.glob<{ default: Widget }>(["./fields/*.tsx", "!./fields/*.test.tsx"], { eager: true });

/** Every widget of the folder by its name. */
export const widgets: ReadonlyMap<string, Widget> = new Map(
  Object.values(modules).map(({ default: widget }) => [widget.widget, widget]),
);

if (widgets.size !== Object.keys(modules).length) throw new Error("Two field widgets share one name");
