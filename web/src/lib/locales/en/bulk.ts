import type { Texts } from "../zh";

export const bulk: Texts["bulk"] = {
  edit: "Edit",
  title: "Edit many records",
  addField: "Another field",
  choose: "Choose a field and give it a value",
  empty: "Clear",
  emptied: "Will be emptied (click to fill in)",
  go: "Change",
  goCount: "Change {{count}}",
  counting: "Counting what would change…",
  changing: "{{matched}} selected, {{changing}} will change",
  forbidden: "{{n}} are not yours to change and stay",
  same: "{{n}} are like this already",
  comma: "; ",
  done: "Changed {{count}}",
  nothing: "There was nothing to change",
  conflicts: "{{count}} changed since, kept",
  all: "Select all {{count}}",
  allSelected: "All {{count}} selected",
};
