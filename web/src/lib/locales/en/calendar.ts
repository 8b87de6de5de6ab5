import type { Texts } from "../zh";

export const calendar: Texts["calendar"] = {
  title: "Working hours",
  hint: "Flows count working days and hours by these. A change holds for what enters a flow from now on; what waits already keeps its time.",
  hours: "Working hours of a week",
  days: { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" },
  works: "{{day}} is worked",
  dayOff: "Off",
  opens: "{{day}}: from",
  closes: "{{day}}: to",
  addSpan: "Another stretch on {{day}}",
  dropSpan: "Take out {{day}} {{opens}}–{{closes}}",
  own: "Days of your own",
  ownHint: "Statutory holidays and make-up days stand below; they need not be entered.",
  day: "Day",
  addHoliday: "Day off",
  addWorkday: "Working day",
  dropDay: "Take out: {{day}}",
  off: "{{days}} off",
  worked: "{{days}} worked",
  years: "Holidays",
  announced: "announced",
  provisional: "provisional",
  provisionalHint:
    "Not announced yet: reckoned by weekends and fixed holidays. Times that depend on it are marked as provisional.",
  saved: "Saved: it holds for what enters a flow from now on",
};
