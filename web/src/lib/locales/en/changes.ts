import type { Texts } from "../zh";

export const changes: Texts["changes"] = {
  title: "Imports and bulk edits",
  count: "{{n}} in all",
  failed: "The list could not be loaded",
  none: "No imports or bulk edits yet",
  noneHint: "Every import and bulk edit is kept here and can be undone as a whole.",
  import: "Import",
  bulkEdit: "Bulk edit",
  other: "Bulk change",
  undone: "Undone",
};
