import { CheckOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { STEPS, type Step } from "./steps";
import "./step-bar.css";

/** How far one is: done, here, still to come. */
export function StepBar({ step, isFailed }: { step: Step; isFailed: boolean }) {
  const { t } = useTranslation();
  const at = STEPS.indexOf(step);
  const isOver = step === "result";
  return (
    <ol className="import-steps" aria-label={t("imports.steps")}>
      {STEPS.map((name, place) => {
        const isDone = place < at || (isOver && !isFailed);
        return (
          <li
            key={name}
            className={isDone ? "done" : place === at ? (isFailed ? "failed" : "on") : ""}
            aria-current={place === at ? "step" : undefined}
          >
            {isDone ? <CheckOutlined aria-hidden /> : <b>{place + 1}</b>}
            <span>{t(`imports.step.${name}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
