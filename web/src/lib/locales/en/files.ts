import type { Texts } from "../zh";

export const files: Texts["files"] = {
  photo: "Take a photo",
  sending: "Sending {{name}}",
  again: "Send again",
  wait: "Save when all files have arrived; after a break of the network they are sent again.",
};
