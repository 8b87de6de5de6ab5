import type { Texts } from "../zh";

export const undo: Texts["undo"] = {
  start: "Undo",
  redo: "Bring back",
  offer: "A mistake? Take it all back: new records go to the recycle bin, changed ones become what they were.",
  offerRedo: "Undone by mistake? All of it can be brought back.",
  ask: "Undo all of these changes?",
  askText:
    "New records go to the recycle bin, changed ones become what they were. What people changed since is kept, and listed.",
  askRedo: "Bring all of these changes back?",
  askRedoText: "Everything becomes what it was before the undo. What people changed since is kept, and listed.",
  running: "Undoing; you may leave this page",
  done: "{{n}} undone.",
  conflicts: "{{n}} were changed by people since and were kept:",
  more: "{{n}} more",
};
