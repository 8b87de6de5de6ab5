import AppContext from "antd/es/app/context";
import { lazy, type ReactNode, Suspense, use, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useFormat } from "@/api/use-format";
import { useLive } from "./use-live";

const NoticeDrawer = lazy(async () => ({
  default: (await import("@/features/notices/notice-drawer")).NoticeDrawer,
}));

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
    drawer: isOpen && (
      <Suspense>
        <NoticeDrawer onClose={() => setOpen(false)} />
      </Suspense>
    ),
  };
}
