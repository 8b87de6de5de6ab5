/** A linked record as a list carries it. */
export type Linked = { id: number; title: string };

const isLinked = (value: unknown): value is Linked =>
  typeof value === "object" && value !== null && typeof (value as Linked).id === "number";

/** The linked records in a value of a link field: none, one or many. A bare id is shown by its number. */
export function linkedOf(value: unknown): Linked[] {
  const parts = Array.isArray(value) ? value : [value];
  return parts.flatMap((part) =>
    isLinked(part)
      ? [{ id: part.id, title: part.title || `#${part.id}` }]
      : typeof part === "number"
        ? [{ id: part, title: `#${part}` }]
        : [],
  );
}
