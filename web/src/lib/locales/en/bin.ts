import type { Texts } from "../zh";

export const bin: Texts["bin"] = {
  title: "Recycle bin: {{table}}",
  back: "Back to the list: {{table}}",
  noRight: "There is no such table, or you may not see its recycle bin.",
  count: "{{n}} records",
  search: "Search deleted records",
  failed: "The recycle bin could not be loaded",
  empty: "The recycle bin is empty",
  emptyHint: "Deleted records appear here and can be restored.",
  nothingFound: "Nothing found",
  pickAll: "Select all loaded rows",
  pick: "Select {{name}}",
  picked: "{{n}} selected",
  deletedBy: "Deleted by",
  deletedAt: "Deleted",
  restore: "Restore",
  restoreOne: "Restore {{name}}",
  restored: "{{n}} restored",
  refused: "{{n}} not restored: {{why}}",
};
