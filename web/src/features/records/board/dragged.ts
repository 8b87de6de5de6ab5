/** What a card carries while it is dragged; nothing else is taken by a column. */
export const DRAGGED = "application/x-tuoke-record";
