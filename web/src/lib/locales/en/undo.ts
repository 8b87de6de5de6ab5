import type { Texts } from "../zh";

export const undo: Texts["undo"] = {
  start: "Undo",
  offer: "A mistake? Take it all back: new records go to the recycle bin, updated ones become what they were.",
  askTitle: "Undo {{n}} changes?",
  askText:
    "New records go to the recycle bin, updated ones become what they were. What people changed since is kept, and listed.",
  yes: "Undo",
  running: "Undoing; you may leave this page",
  done: "{{n}} undone.",
  conflicts: "{{n}} were changed by people since; their changes were kept:",
  more: "{{n}} more",
};
