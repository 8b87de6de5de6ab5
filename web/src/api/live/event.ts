/** What the live door says, as it comes from the wire; what stands in `data` depends on the name. */
export type LiveEvent = { name: EventName; data: unknown };

export const EVENT_NAMES = ["hello", "changes", "said", "runs", "call", "notice", "reset"] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** What a tab hears from whoever holds the connection. */
export type Told =
  | { kind: "event"; event: LiveEvent }
  /** Whether the connection stands. */
  | { kind: "state"; connected: boolean }
  /** The server does not let us in any more, or never did. */
  | { kind: "refused" };
