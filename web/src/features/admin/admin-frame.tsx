import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet, useLocation } from "react-router";

const PARTS = ["people", "roles", "tables", "audit", "api", "workspace"] as const;

/** The head of the administration with its parts, and the part that was chosen. */
export function AdminFrame() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const parts = useRef<HTMLElement>(null);
  // On a phone not all parts fit: the one that is open must be among those in sight.
  useEffect(() => {
    const open = parts.current?.querySelector<HTMLElement>(`[href="${pathname}"], .on`);
    open?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <div className="admin">
      <header className="admin-head">
        <h1>{t("admin.title")}</h1>
        <nav ref={parts} className="admin-parts" aria-label={t("admin.parts")}>
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
