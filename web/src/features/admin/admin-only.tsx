import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { useMeta } from "@/api/meta";
import { Empty } from "@/ui/empty";
import "./admin.css";

/** Everything below `/admin` stands behind this. The server refuses the others anyway; here they are told why. */
export function AdminOnly() {
  const { t } = useTranslation();
  const { user } = useMeta();
  if (user.is_administrator) return <Outlet />;
  return <Empty title={t("common.notFoundTitle")} hint={t("admin.onlyAdmin")} />;
}
