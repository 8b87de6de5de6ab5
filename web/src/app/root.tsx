import { QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import { useLayoutEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
// From here and not from "react-router": only this one can draw a navigation at once (`flushSync`).
import { RouterProvider } from "react-router/dom";
import { createQueryClient } from "@/api/query-client";
import { applyTokens, themeOf } from "@/ui/theme";
import { useMedia } from "@/ui/use-media";
import { Feedback } from "./feedback";
import { useTheme } from "./preferences";
import { createRoutes } from "./routes";
import { ThemeContext } from "./theme-context";
import { useControlWords } from "./use-control-words";

/** All providers, once. */
export function Root() {
  const { theme, scheme, setTheme } = useTheme();
  const isCalm = useMedia("(prefers-reduced-motion: reduce)");
  const { i18n } = useTranslation();
  const [client] = useState(createQueryClient);
  const [router] = useState(createRoutes);
  const words = useControlWords(i18n.language === "en" ? "en" : "zh");
  const choice = useMemo(() => ({ theme, setTheme }), [theme, setTheme]);

  useLayoutEffect(() => applyTokens(scheme), [scheme]);

  return (
    <ConfigProvider
      {...(words ? { locale: words } : {})}
      theme={useMemo(() => themeOf(scheme, isCalm), [scheme, isCalm])}
      button={{ autoInsertSpace: false }}
    >
      <ThemeContext value={choice}>
        <Feedback>
          <QueryClientProvider client={client}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Feedback>
      </ThemeContext>
    </ConfigProvider>
  );
}
