import { UpOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Checklist, Place } from "@/api/checklists";
import { useFormat } from "@/api/use-format";
import { Ring } from "./ring";
import { StepCard } from "./step-card";

type Props = {
  list: Checklist;
  onOpen: (place: Place) => void;
  isHere: (place: Place) => boolean;
  onFold: () => void;
  onDismiss: () => void;
};

/** All steps side by side, on a phone below each other. */
export function Panel({ list, onOpen, isHere, onFold, onDismiss }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const done = list.steps.filter((step) => step.done).length;
  const current = list.steps.find((step) => !step.done);
  return (
    <section className="first-steps" aria-label={label(list.label)}>
      <header>
        <Ring done={done} of={list.steps.length} />
        <div className="first-steps-title">
          <h2>{label(list.label)}</h2>
          <span className={current ? "muted first-hint" : "muted"}>
            {current ? t("checklist.hint") : label(list.finished)}
          </span>
        </div>
        {current && (
          <Button type="text" size="small" onClick={onDismiss}>
            {t("checklist.never")}
          </Button>
        )}
        <Button type="text" size="small" icon={<UpOutlined aria-hidden />} aria-expanded onClick={onFold}>
          {t("checklist.fold")}
        </Button>
      </header>
      <ol style={{ "--steps": list.steps.length } as React.CSSProperties}>
        {list.steps.map((step, place) => (
          <StepCard
            key={step.key}
            listKey={list.key}
            step={step}
            number={place + 1}
            isCurrent={step === current}
            isHere={isHere(step.open)}
            onOpen={onOpen}
          />
        ))}
      </ol>
    </section>
  );
}
