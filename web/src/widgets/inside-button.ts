import { createContext, useContext } from "react";

/** True where what is drawn is itself a button: there a link would be a control within a control. */
export const InsideButtonContext = createContext(false);

export const useIsInsideButton = () => useContext(InsideButtonContext);
