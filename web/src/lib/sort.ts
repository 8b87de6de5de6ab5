export type Order = { field: string; descending: boolean };

/** `-created_at,name` as orders. */
export function ordersOf(text: string | null | undefined): Order[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => ({ field: part.replace(/^[-+]/, ""), descending: part.startsWith("-") }));
}

export const sortText = (orders: readonly Order[]) =>
  orders.map(({ field, descending }) => (descending ? `-${field}` : field)).join(",");

/** What a click on a column's head asks for: up, then down, then as before. */
export function toggled(orders: readonly Order[], field: string): Order[] {
  const [first] = orders;
  if (first?.field !== field) return [{ field, descending: false }];
  return first.descending ? [] : [{ field, descending: true }];
}
