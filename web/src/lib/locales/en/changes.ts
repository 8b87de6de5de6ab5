import type { Texts } from "../zh";

export const changes: Texts["changes"] = {
  title: "Imports and bulk edits",
  failed: "The list could not be loaded",
  none: "No imports or bulk edits yet",
  noneHint: "Every import and bulk edit is kept here and can be undone as a whole.",
  kind: { import: "Import", bulk_edit: "Bulk edit", convert: "Conversion", other: "Bulk change" },
  undoOf: "Undone: {{what}}",
  undoing: "Undoing",
  undone: "Undone",
};
