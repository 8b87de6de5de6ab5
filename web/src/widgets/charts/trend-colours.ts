/** Of measures side by side: the whole is quiet, what counts is not. */
const COLOURS = ["var(--bar-quiet)", "var(--c-primary)", "var(--c-indigo)"] as const;

export const colourAt = (place: number): string => COLOURS[place % COLOURS.length] ?? COLOURS[0];
