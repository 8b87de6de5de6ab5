import { BellOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { noticesQuery } from "@/api/notices";
import "./bell.css";

const MOST_SHOWN = 99;

/** Whether there is news, and the way to it. */
export function Bell({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(noticesQuery);
  const unread = data?.unread ?? 0;
  return (
    <button
      type="button"
      className="bell"
      aria-label={unread > 0 ? t("notices.bellUnread", { count: unread }) : t("notices.bell")}
      title={t("notices.bell")}
      onClick={onOpen}
    >
      <BellOutlined aria-hidden />
      {unread > 0 && <em className="num">{unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}</em>}
    </button>
  );
}
