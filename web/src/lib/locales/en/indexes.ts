import type { Texts } from "../zh";

export const indexes: Texts["indexes"] = {
  title: "Make lists of {{table}} faster",
  intro:
    "With many records the filters and sorts used most may become slow. The product notes which lists are slow and how slow, and proposes what to speed up. Everybody works on meanwhile.",
  proposed: "Proposed",
  noneProposed: "No list was slow of late: nothing to speed up.",
  slow: "Slow {{n}} times: last {{last}} ({{when}}), at worst {{worst}}",
  seconds: "{{n}} s",
  create: "Speed up",
  createOf: "Speed up {{fields}}",
  own: "Sped up",
  noneOwn: "None of your own yet.",
  used: "used {{n}} times",
  building: "being built",
  working: "Working in the background",
  making: "Speeding up {{fields}}. A large table takes minutes; you may leave this page.",
  dropping: "Taking back {{fields}}.",
  made: "{{fields}}: done, the next list uses it.",
  drop: "Take back",
  dropOf: "Take back {{fields}}",
  dropTitle: "Take back the speed-up of {{fields}}?",
  dropHint: "Lists that use it become as slow as before. No record is touched.",
  choose: "Choose fields yourself",
  chooseHint:
    "Four at most: first what you filter by, then what you sort by. Each makes saving a little slower; take back what is not used.",
  shipped: "{{n}} the product needs itself",
  descending: "{{name}} (largest first)",
  comma: ", ",
};
