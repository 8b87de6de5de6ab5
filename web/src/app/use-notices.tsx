import AppContext from "antd/es/app/context";
import { type ReactNode, use, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useFormat } from "@/api/use-format";
import { late } from "@/ui/late";
import { useLive } from "./use-live";

const NoticeDrawer = late(async () => (await import("@/features/notices/notice-drawer")).NoticeDrawer);

const SHOWN_S = 6;

/** News: each is said once as it comes, all of them stand in a drawer, which must be drawn. */
export function useNotices(): { open: () => void; drawer: ReactNode } {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { notification } = use(AppContext);
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  useLive((fresh) => {
    if (document.visibilityState !== "visible") return;
    for (const { id, title, body, table, record } of fresh) {
      const go = () => {
        notification.destroy(`notice ${id}`);
        void navigate(`/t/${table}/${record}`);
      };
      notification.open({
        key: `notice ${id}`,
        title: label(title),
        description: (
          <>
            {body && label(body)}
            {table && record && (
              <button type="button" className="toast-look" onClick={go}>
                {t("notices.look")}
              </button>
            )}
          </>
        ),
        placement: "bottomLeft",
        duration: SHOWN_S,
      });
    }
  });
  return {
    open: () => setOpen(true),
    drawer: isOpen && <NoticeDrawer onClose={() => setOpen(false)} />,
  };
}
