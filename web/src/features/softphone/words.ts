/** States and outcomes we have words for; an outcome a later version brings is shown as "ended". */
export const STATES = ["requested", "dialing", "ringing", "talking", "ended"] as const;
export type StateKey = (typeof STATES)[number];

export const OUTCOMES = ["connected", "voicemail", "busy", "no_answer", "invalid", "cancelled", "failed"] as const;
export type OutcomeKey = (typeof OUTCOMES)[number];

/** Outcomes of which there is more to say. */
const HINTED = ["voicemail", "busy", "no_answer", "invalid", "failed"] as const;

export const hintedOf = (outcome: OutcomeKey | undefined) => HINTED.find((one) => one === outcome);
