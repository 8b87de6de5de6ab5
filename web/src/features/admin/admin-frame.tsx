import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";

const PARTS = ["people", "roles", "tables", "audit", "api", "workspace"] as const;

/** The head of the administration with its parts, and the part that was chosen. */
export function AdminFrame() {
  const { t } = useTranslation();
  return (
    <div className="admin">
      <header className="admin-head">
        <h1>{t("admin.title")}</h1>
        <nav className="admin-parts" aria-label={t("admin.parts")}>
          {PARTS.map((part) => (
            <NavLink
              key={part}
              to={`/admin/${part}`}
              className={({ isActive }) => (isActive ? "admin-part on" : "admin-part")}
            >
              {t(`admin.${part}`)}
            </NavLink>
          ))}
        </nav>
      </header>
      <Outlet />
    </div>
  );
}
