import { CheckOutlined, DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { type Place, type Step, sampleAddress } from "@/api/checklists";
import { useFormat } from "@/api/use-format";

type Props = {
  listKey: string;
  step: Step;
  number: number;
  isCurrent: boolean;
  isHere: boolean;
  onOpen: (place: Place) => void;
};

/** One step: what, why, and the way to it. */
export function StepCard({ listKey, step, number, isCurrent, isHere, onOpen }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  return (
    <li
      className={step.done ? "step done" : isCurrent ? "step on" : "step"}
      aria-current={isCurrent ? "step" : undefined}
    >
      <span className="step-sign num" aria-hidden="true">
        {step.done ? <CheckOutlined /> : number}
      </span>
      <b>{label(step.label)}</b>
      {step.done && <span className="sr-only">{t("checklist.done")}</span>}
      <p>{label(step.help)}</p>
      {!step.done && (
        <div className="step-acts">
          {isHere ? (
            isCurrent && <span className="muted">{t("checklist.here")}</span>
          ) : (
            <Button size="small" type={isCurrent ? "primary" : "default"} onClick={() => onOpen(step.open)}>
              {label(step.button)}
            </Button>
          )}
          {step.sample && (
            <Button
              size="small"
              type="text"
              icon={<DownloadOutlined aria-hidden />}
              href={sampleAddress(listKey, step.sample)}
              download
            >
              {t("checklist.sample")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
