import { createContext, useContext } from "react";
import type { Theme } from "./preferences";

type Choice = { theme: Theme; setTheme: (theme: Theme) => void };

export const ThemeContext = createContext<Choice>({ theme: "system", setTheme: () => {} });

export const useThemeChoice = () => useContext(ThemeContext);
