import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "@/ui/mark";
import "./gateway.css";

type Props = { title: string; hint: string; children: ReactNode };

/** A quiet sheet before an ink wall that carries our motif, the voiceprint. */
export function Gateway({ title, hint, children }: Props) {
  const { t } = useTranslation();
  return (
    <main className="gateway">
      <Wall />
      <section className="gateway-sheet">
        <div className="gateway-brand">
          <Mark size={40} />
          <b>{t("common.product")}</b>
        </div>
        <h1>{title}</h1>
        <p className="gateway-hint">{hint}</p>
        {children}
      </section>
    </main>
  );
}

const BARS = 56;

/** Heights of the bars: two overlaid swings, so that the print looks spoken and is the same every time. */
const heights = Array.from({ length: BARS }, (_, bar) => {
  const swing = Math.abs(Math.sin(bar * 0.43) * Math.cos(bar * 0.117 + 0.8));
  return Math.round((6 + swing * 88) * 10) / 10;
});

function Wall() {
  return (
    <div className="gateway-wall" aria-hidden="true">
      <div className="gateway-print">
        {heights.map((height, bar) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
          <i key={bar} style={{ height: `${height}%`, opacity: 0.25 + (bar / BARS) * 0.75 }} />
        ))}
      </div>
    </div>
  );
}
