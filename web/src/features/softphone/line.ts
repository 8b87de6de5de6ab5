import { type Call, isLive, owesWrapUp } from "@/api/calls";

/** What my line is doing: nothing, a call, waiting for its wrap-up, or telling how a call went that nobody answered. */
export type Line =
  | { phase: "free" }
  | { phase: "live"; call: Call }
  | { phase: "owed"; call: Call }
  | { phase: "missed"; call: Call };

/** `ended`: the last call that ended without a wrap-up being owed; it has gone by when the next one begins. */
export function lineOf(call: Call | null, ended: Call | null): Line {
  if (call && isLive(call)) return { phase: "live", call };
  if (call && owesWrapUp(call)) return { phase: "owed", call };
  // Who was spoken to has been written up, here or in another window.
  if (ended && ended.state === "ended" && ended.outcome !== "connected") return { phase: "missed", call: ended };
  return { phase: "free" };
}
