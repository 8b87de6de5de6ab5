import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

type Props = {
  /** Who comes next, by name; null when nobody does. */
  next: string | null;
  onBack: () => void;
  onNext: () => void;
};

/** On a phone, above whom one works on: back to the queue, and on to the next without going there. */
export function PhoneBar({ next, onBack, onNext }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="today-bar" aria-label={t("today.queue")}>
      <button type="button" onClick={onBack}>
        <LeftOutlined aria-hidden /> {t("today.title")}
      </button>
      {next && (
        <button type="button" className="today-bar-next" onClick={onNext}>
          <span className="ellipsis">{t("today.nextIs", { name: next })}</span>
          <RightOutlined aria-hidden />
        </button>
      )}
    </nav>
  );
}
