import { theme as antd, type ThemeConfig } from "antd";
import { dark, font, light } from "./tokens";

export type Scheme = "light" | "dark";

/** Our tokens said in antd's words. `isCalm`: nothing moves. */
export function themeOf(scheme: Scheme, isCalm: boolean): ThemeConfig {
  const t = scheme === "dark" ? dark : light;
  return {
    algorithm: scheme === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      fontFamily: font,
      fontSize: 14,
      colorPrimary: t.primary,
      colorInfo: t.indigo,
      colorError: t.cinnabar,
      colorWarning: t.amber,
      colorSuccess: t.primary,
      colorLink: t.primaryInk,
      colorBgLayout: t.canvas,
      colorBgContainer: t.surface,
      colorBgElevated: t.elevated,
      colorText: t.ink,
      colorTextSecondary: t.ink2,
      colorTextTertiary: t.ink3,
      colorTextPlaceholder: t.ink3,
      colorTextDescription: t.ink3,
      colorBorder: t.line,
      colorBorderSecondary: t.lineSoft,
      colorSplit: t.line,
      colorBgMask: scheme === "dark" ? "rgba(0, 0, 0, 0.5)" : "rgba(15, 38, 34, 0.28)",
      borderRadius: 7,
      borderRadiusLG: 12,
      borderRadiusSM: 5,
      controlHeight: 32,
      controlHeightSM: 26,
      lineHeight: 1.57,
      // Not left to the style sheet alone: antd would wait for the end of what never begins.
      motion: !isCalm,
      motionDurationMid: "0.16s",
      motionDurationSlow: "0.2s",
      wireframe: false,
    },
    components: {
      Button: {
        colorPrimary: t.primary,
        primaryColor: t.onPrimary,
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        fontWeight: 500,
      },
      // An empty box must be seen on what floats in the dark, too.
      Checkbox: { colorBorder: t.ink3 },
      Segmented: { trackBg: t.lineSoft, itemSelectedBg: scheme === "dark" ? t.line : t.surface },
      Tabs: { horizontalMargin: "0", titleFontSize: 14 },
      Select: {
        optionSelectedBg: t.primarySoft,
        optionSelectedColor: t.primaryInk,
        optionActiveBg: t.sunken,
        controlItemBgActiveHover: t.primarySoft,
      },
      Dropdown: { controlItemBgActive: t.primarySoft, controlItemBgActiveHover: t.primarySoft },
      Tooltip: { fontSize: 12 },
    },
  };
}

/** Hands the tokens to our own style sheets as `--c-*`. */
export function applyTokens(scheme: Scheme): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(scheme === "dark" ? dark : light))
    root.style.setProperty(`--c-${name}`, value);
  root.dataset.theme = scheme;
  root.style.colorScheme = scheme;
}
