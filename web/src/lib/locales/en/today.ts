import type { Texts } from "../zh";

export const today: Texts["today"] = {
  title: "Due today",
  queue: "Follow-up queue",
  done: "{{count}} done",
  left: "{{count}} left",
  progress: "{{percent}}% done",
  overdue: "Overdue",
  dueToday: "Today",
  lateDays: "{{count}} d late",
  lateHours: "{{count}} h late",
  lateMinutes: "{{count}} min late",
  clearTitle: "Nothing is due today",
  clearHint: "What falls due next appears here.",
  pickTitle: "Choose one to begin",
  pickHint: "J / K move, F writes, Ctrl ↵ saves and goes to the next.",
  noLink: "This task belongs to nobody",
  openList: "See every {{table}}",
};
