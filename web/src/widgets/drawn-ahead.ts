import { createContext, useContext } from "react";

/**
 * Whether this is drawn ahead, unseen, for the moment somebody goes on to it. By then the line is free: what belongs to
 * the call that is on now, such as its wrap-up, is not drawn here.
 */
export const DrawnAheadContext = createContext(false);

export const useDrawnAhead = () => useContext(DrawnAheadContext);
