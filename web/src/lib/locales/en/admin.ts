import type { Texts } from "../zh";

export const admin: Texts["admin"] = {
  title: "Administration",
  parts: "Parts of the administration",
  people: "People",
  roles: "Roles",
  tables: "Tables & fields",
  audit: "Audit",
  workspace: "Workspace",
  onlyAdmin: "This is for administrators only.",
  failed: "It could not be loaded",
  saved: "Saved",
  workspaceHint: "For everybody: days, what is due today and times without a zone follow this time zone.",
  name: "Name",
  timeZone: "Time zone",
  timeZoneHint: "There it is now {{now}}",
  currency: "Usual currency",
  currencyHint: "What new fields of money begin with; those that exist stay as they are.",
  // names and keys
  labelZh: "Chinese name",
  labelEn: "English name",
  labelOtherHint: "Left empty, the name above stands for both.",
  labelMissing: "Please fill in the name",
  key: "Key",
  keyHint: "Lower-case letters, digits and _; the API uses it and it stays as it is.",
  keyMissing: "Please fill in the key",
  keyWrong: "Begin with a lower-case letter; only lower-case letters, digits and _, at most 48",
};
