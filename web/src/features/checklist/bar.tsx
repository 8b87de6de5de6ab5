import { DownloadOutlined, DownOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { type Checklist, type Place, sampleAddress } from "@/api/checklists";
import { useFormat } from "@/api/use-format";
import { Ring } from "./ring";

type Props = {
  list: Checklist;
  onOpen: (place: Place) => void;
  isHere: (place: Place) => boolean;
  onUnfold: () => void;
};

/** Folded: what comes next, and the way to it. */
export function Bar({ list, onOpen, isHere, onUnfold }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const next = list.steps.find((step) => !step.done);
  return (
    <section className="first-bar" aria-label={label(list.label)}>
      <Ring done={list.steps.filter((step) => step.done).length} of={list.steps.length} />
      {next && (
        <>
          <p>
            <span className="muted">{t("checklist.next")}</span> <b key={next.key}>{label(next.label)}</b>{" "}
            <span className="first-why">{label(next.help)}</span>
          </p>
          {next.sample && (
            <Button
              type="text"
              size="small"
              className="first-sample"
              icon={<DownloadOutlined aria-hidden />}
              href={sampleAddress(list.key, next.sample)}
              download
            >
              {t("checklist.sample")}
            </Button>
          )}
          {!isHere(next.open) && (
            <Button type="primary" size="small" onClick={() => onOpen(next.open)}>
              {label(next.button)}
            </Button>
          )}
        </>
      )}
      <Button
        type="text"
        size="small"
        icon={<DownOutlined aria-hidden />}
        aria-label={t("checklist.unfold")}
        aria-expanded={false}
        title={t("checklist.unfold")}
        onClick={onUnfold}
      />
    </section>
  );
}
