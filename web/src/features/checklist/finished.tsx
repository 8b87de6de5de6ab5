import { CheckCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Checklist } from "@/api/checklists";
import { useFormat } from "@/api/use-format";

type Props = { list: Checklist; onClose: () => void };

/** The last word; it goes with the page on which it was said, or when one has read it. */
export function Finished({ list, onClose }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  return (
    <section className="first-bar finished" aria-label={label(list.label)}>
      <CheckCircleFilled aria-hidden />
      <p role="status">
        <b>{t("checklist.finished")}</b> <span className="first-why">{label(list.finished)}</span>
      </p>
      <Button size="small" onClick={onClose}>
        {t("checklist.thanks")}
      </Button>
    </section>
  );
}
