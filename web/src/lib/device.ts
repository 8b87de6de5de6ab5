const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger\/(\d+)/, "WeChat"],
  [/DingTalk\/(\d+)/, "DingTalk"],
  [/Edg(?:A|iOS)?\/(\d+)/, "Edge"],
  [/OPR\/(\d+)/, "Opera"],
  [/(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/(?:Headless)?(?:Chrome|CriOS)\/(\d+)/, "Chrome"],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari/, "Safari"],
];

const SYSTEMS: [RegExp, string, boolean][] = [
  [/iPhone/, "iPhone", true],
  [/iPad/, "iPad", true],
  [/HarmonyOS|OpenHarmony/, "HarmonyOS", true],
  [/Android/, "Android", true],
  [/Windows/, "Windows", false],
  [/Macintosh|Mac OS X/, "macOS", false],
  [/CrOS/, "ChromeOS", false],
  [/Linux|X11/, "Linux", false],
];

export type Device = { browser: string; system: string; isHandheld: boolean };

/** What a browser says it is, as far as it can be told; null for programs and what says nothing. */
export function deviceOf(agent: string): Device | null {
  const system = SYSTEMS.find(([sign]) => sign.test(agent));
  const browser = BROWSERS.find(([sign]) => sign.test(agent));
  if (!system && !browser) return null;
  const version = browser?.[0].exec(agent)?.[1];
  return {
    browser: browser ? `${browser[1]} ${version ?? ""}`.trim() : "",
    system: system?.[1] ?? "",
    isHandheld: system?.[2] ?? false,
  };
}

/** `Chrome 141 · Windows`; for others the first word they give themselves. */
export function deviceName(agent: string): string {
  const device = deviceOf(agent);
  if (device) return [device.browser, device.system].filter(Boolean).join(" · ");
  return agent.split(/[\s(]/)[0]?.slice(0, 40) ?? "";
}
