import { CompressOutlined, MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { WholeFlow } from "./api";
import { FlowDrawing } from "./flow-drawing";
import { useZoom } from "./use-zoom";
import "./flow-canvas.css";

type Props = { flow: WholeFlow; chosen: string | null; onChoose: (node: string | null) => void };

/** The ground a drawing lies on: moved by scrolling or dragging, made larger by pinching or with Ctrl and the wheel. */
export function FlowCanvas({ flow, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const ground = useRef<HTMLElement>(null);
  const { scale, larger, smaller, fit } = useZoom(ground, flow.id);
  return (
    <div className="flow-canvas">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="flow-ground" ref={ground} tabIndex={0} aria-label={t("flows.drawing")}>
        <FlowDrawing flow={flow} scale={scale} chosen={chosen} onChoose={onChoose} />
      </section>
      <div className="flow-zoom">
        <Button icon={<PlusOutlined aria-hidden />} aria-label={t("flows.zoomIn")} onClick={larger} />
        <Button icon={<MinusOutlined aria-hidden />} aria-label={t("flows.zoomOut")} onClick={smaller} />
        <Button icon={<CompressOutlined aria-hidden />} aria-label={t("flows.fit")} onClick={fit} />
      </div>
    </div>
  );
}
