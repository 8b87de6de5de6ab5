import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enGB from "antd/locale/en_GB";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useEffect, useLayoutEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { createQueryClient } from "@/api/query-client";
import { applyTokens, themeOf } from "@/ui/theme";
import { useTheme } from "./preferences";
import { createRoutes } from "./routes";
import { ThemeContext } from "./theme-context";

/** All providers, once. */
export function Root() {
  const { theme, scheme, setTheme } = useTheme();
  const { i18n } = useTranslation();
  const [client] = useState(createQueryClient);
  const [router] = useState(createRoutes);
  const isChinese = i18n.language !== "en";
  const choice = useMemo(() => ({ theme, setTheme }), [theme, setTheme]);

  useLayoutEffect(() => applyTokens(scheme), [scheme]);
  useEffect(() => void dayjs.locale(isChinese ? "zh-cn" : "en"), [isChinese]);

  return (
    <ConfigProvider
      locale={isChinese ? zhCN : enGB}
      theme={useMemo(() => themeOf(scheme), [scheme])}
      button={{ autoInsertSpace: false }}
    >
      <ThemeContext value={choice}>
        <AntApp style={{ height: "100%" }} message={{ maxCount: 3 }}>
          <QueryClientProvider client={client}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </AntApp>
      </ThemeContext>
    </ConfigProvider>
  );
}
