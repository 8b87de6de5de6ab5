import type { Texts } from "../zh";

export const offline: Texts["offline"] = {
  title: "No network",
  hint: "Once you are back online it goes on by itself; no need to log in again.",
  noServer: "Tuoke cannot be reached",
  noServerHint:
    "The network is away, or the server is silent. It goes on by itself once it can; if it never does, ask your administrator.",
  drafts:
    "Follow-ups you had begun are safe: {{count}} on this device. Back online, open the customer and go on writing.",
  noDrafts: "There is no unfinished follow-up on this device.",
  notKept: "Customers' data are not stored on this device, so there is nothing to look at without a network.",
  bar: "No network. What you write stays on this device; save it when you are back online.",
  draft: "What is not saved yet stays on this device",
  newBuild: "Tuoke has just been upgraded; reload to open this page.",
};
