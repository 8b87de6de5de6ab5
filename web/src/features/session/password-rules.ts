export const LEAST = 8;

export type Typed = { old: string; next: string; repeat: string };
export type Fault = "tooShort" | "different" | "same";

/** What is wrong with the new password, by the box it is wrong in. The server has the last word. */
export function passwordFaults({ old, next, repeat }: Typed): { next?: Fault; repeat?: Fault } {
  if (next.length < LEAST) return { next: "tooShort" };
  if (next === old) return { next: "same" };
  return next === repeat ? {} : { repeat: "different" };
}
