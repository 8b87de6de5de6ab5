import type { Texts } from "../zh";

export const today: Texts["today"] = {
  title: "Calls of today",
  queue: "Follow-up queue",
  done: "Done",
  reached: "reached",
  progress: "{{percent}}% done",
  parts: { late: "Due", today: "Today", fresh: "New" },
  fresh: "new",
  lateDays: "{{count}} d late",
  lateHours: "{{count}} h late",
  lateMinutes: "{{count}} min late",
  onLine: { ringing: "calling", talking: "in call", owed: "write up" },
  clear: { late: "Nobody is overdue", today: "Nothing else today", fresh: "Nobody new" },
  clearHint: {
    late: "When a time you agreed on has come, it appears here.",
    today: "Whom you will speak to later today appears here.",
    fresh: "Those you were given and have not spoken to yet appear here.",
  },
  clearTitle: "Nothing is due today",
  allClearHint: "What falls due next appears here.",
  nextIs: "Next: {{name}}",
  openList: "See every {{table}}",
};
