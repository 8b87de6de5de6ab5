import { Suspense, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { useIsPhone } from "@/ui/use-is-phone";
import { ExportSlot } from "./export-slot";
import { OfflineBar } from "./offline/offline-bar";
import { PhoneSlot } from "./phone-slot";
import { PrintHead } from "./print-head";
import { Rail } from "./rail";
import { Splash } from "./splash";
import { TabBar } from "./tab-bar";
import { useFirstSteps } from "./use-first-steps";
import { useNotices } from "./use-notices";
import { usePalette } from "./use-palette";
import "./shell.css";

/** The frame of every page: the rail, or on a phone the tab bar, and the page itself. */
export function Shell() {
  return (
    <Suspense fallback={<Splash />}>
      <Frame />
    </Suspense>
  );
}

function Frame() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const main = useRef<HTMLDivElement>(null);
  const notices = useNotices();
  const firstSteps = useFirstSteps();
  const palette = usePalette(firstSteps.open);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {t("common.skip")}
      </button>
      <OfflineBar />
      <PrintHead />
      {!isPhone && <Rail onNotices={notices.open} onFind={palette.open} onFirstSteps={firstSteps.open} />}
      <div className="stage">
        {firstSteps.drawn}
        <main className="main" id="main" ref={main} tabIndex={-1}>
          <Suspense fallback={<Splash />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {isPhone && <TabBar onNotices={notices.open} onFind={palette.open} onFirstSteps={firstSteps.open} />}
      <PhoneSlot />
      <ExportSlot />
      {notices.drawer}
      {palette.drawn}
    </div>
  );
}
