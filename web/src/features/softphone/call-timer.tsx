import type { Call } from "@/api/calls";
import { serverNow } from "@/api/server-clock";
import { clockOf, secondsBetween } from "@/lib/duration";
import { useNow } from "@/ui/use-now";

/** A quarter of a second: the figure changes when the second does, not up to a second later. */
const EVERY_MS = 250;

/** How long one has been talking; before that, how long it has been ringing; at the end, how long the talk was. */
export function CallTimer({ call }: { call: Call }) {
  const isOver = call.state === "ended";
  const now = useNow(isOver ? null : EVERY_MS, serverNow);
  const seconds = isOver ? (call.talk_seconds ?? 0) : secondsBetween(call.answered_at ?? call.started_at, now);
  return <time className="num call-timer">{clockOf(seconds)}</time>;
}
