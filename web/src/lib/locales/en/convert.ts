import type { Texts } from "../zh";

export const convert: Texts["convert"] = {
  go: "Convert",
  title: "Convert {{table}}",
  hint: "Follow-ups, calls and to-dos come along",
  make: "Make {{table}}",
  which: "Which {{table}}",
  new: "New {{table}}",
  other: "Existing …",
  chooseOne: "Choose one",
  same: "same {{field}}",
  through: "of this {{table}}",
  done: "Converted. Every follow-up and call is still there.",
  back: "Undo",
  already: "Converted already:",
  again: "Look again",
  became: "Became",
};
