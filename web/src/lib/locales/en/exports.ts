import type { Texts } from "../zh";

export const exports: Texts["exports"] = {
  title: "Exports",
  waiting: "Waiting for its turn",
  running: "Exporting",
  rows: "{{n}} records",
  ready: "{{n}} records, {{size}}, kept until {{until}}",
  fetched: "Downloaded",
  download: "Download",
  stop: "Stop this export",
  remove: "Remove",
  mayLeave: "Go on with your work; the file downloads when it is ready, and is kept for a day.",
  fold: "Fold the exports",
  unfold: "Show the exports",
};
