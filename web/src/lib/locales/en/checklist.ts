import type { Texts } from "../zh";

export const checklist: Texts["checklist"] = {
  title: "Getting started",
  hint: "A few steps to your first call, ten minutes or so.",
  progress: "{{done}} of {{of}} steps done",
  next: "Next",
  done: "Done",
  ticked: "Done: {{step}}",
  here: "On this page",
  sample: "Sample list",
  fold: "Fold",
  unfold: "Show all steps",
  never: "Don't show again",
  finished: "All done.",
  thanks: "Got it",
};
