import { expect, it } from "vitest";
import { deviceName, deviceOf } from "./device";

it("names browsers and systems people know", () => {
  const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";
  expect(deviceName(`${windows} Safari/537.36`)).toBe("Chrome 141 · Windows");
  expect(deviceName(`${windows} Safari/537.36 Edg/141.0.0.0`)).toBe("Edge 141 · Windows");
  expect(
    deviceName(
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    ),
  ).toBe("Safari 18 · iPhone");
  expect(
    deviceName("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15"),
  ).toBe("Safari 17 · macOS");
  expect(deviceName("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile MicroMessenger/8.0.49")).toBe(
    "WeChat 8 · Android",
  );
});

it("says of programs what they call themselves", () => {
  expect(deviceName("python-httpx/0.28.1")).toBe("python-httpx/0.28.1");
  expect([deviceName(""), deviceOf("")]).toEqual(["", null]);
});

it("tells what is held in the hand", () => {
  expect(deviceOf("Mozilla/5.0 (Linux; Android 14) Chrome/120.0")?.isHandheld).toBe(true);
  expect(deviceOf("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0")?.isHandheld).toBe(false);
});
