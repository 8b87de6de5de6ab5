import AppContext from "antd/es/app/context";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { whenIdle } from "@/ui/when-idle";
import { lateVoices } from "./voices";

const Holders = lazy(async () => ({ default: (await import("./feedback-holders")).FeedbackHolders }));

/** Messages, notices and questions for every page below. Loaded when there is time; whoever spoke before is heard then. */
export function Feedback({ children }: { children: ReactNode }) {
  const [isWanted, setWanted] = useState(false);
  const [{ voices, onReady }] = useState(() => lateVoices(() => setWanted(true)));
  useEffect(() => whenIdle(() => setWanted(true)), []);
  return (
    <AppContext value={voices}>
      {children}
      {isWanted && (
        <Suspense>
          <Holders onReady={onReady} />
        </Suspense>
      )}
    </AppContext>
  );
}
