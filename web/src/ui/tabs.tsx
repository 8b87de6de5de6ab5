import { Tabs as AntTabs, type TabsProps } from "antd";
import { useLayoutEffect, useRef } from "react";

/**
 * Tabs of which those that find no room stand behind a button. antd calls the whole strip the list of tabs, the button
 * in it: a reader of the screen then counts a tab that is none.
 */
export function Tabs(props: TabsProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const strip = box.current?.querySelector(".ant-tabs-nav");
    strip?.removeAttribute("role");
    strip?.removeAttribute("aria-orientation");
    strip?.querySelector(".ant-tabs-nav-list")?.setAttribute("role", "tablist");
  }, []);
  return (
    <div ref={box}>
      <AntTabs {...props} />
    </div>
  );
}
