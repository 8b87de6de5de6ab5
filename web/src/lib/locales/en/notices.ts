import type { Texts } from "../zh";

export const notices: Texts["notices"] = {
  title: "Notices",
  bell: "Notices",
  bellUnread: "Notices, {{count}} unread",
  readAll: "Mark all as read",
  older: "Older notices",
  empty: "No notices yet",
  emptyHint: "Leads you are given, to-dos falling due and reminders of flows appear here.",
  unread: "unread",
  look: "Look",
};
