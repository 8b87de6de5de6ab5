import { CarryOutOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useLanguage } from "@/api/use-format";
import { TableIcon } from "@/ui/icon";
import { Mark } from "@/ui/mark";
import { useMenu } from "./menu";
import { UserMenu } from "./user-menu";

/** The ink rail at the left edge. */
export function Rail() {
  const { t } = useTranslation();
  const language = useLanguage();
  const menu = useMenu();
  return (
    <nav className="rail" aria-label={t("app.nav")}>
      <NavLink to="/" className="rail-mark" aria-label={t("common.home")}>
        <Mark />
      </NavLink>
      <RailLink to="/today" icon={<CarryOutOutlined aria-hidden />} label={t("app.today")} />
      {menu.tables.map((entry) => (
        <RailLink key={entry.to} to={entry.to} icon={<TableIcon name={entry.icon} />} label={entry.label[language]} />
      ))}
      <div className="rail-gap" />
      <UserMenu placement="rightBottom" />
    </nav>
  );
}

type LinkProps = { to: string; icon: ReactNode; label: string };

export function RailLink({ to, icon, label }: LinkProps) {
  return (
    <NavLink to={to} className={({ isActive }) => (isActive ? "rail-link on" : "rail-link")}>
      <span className="rail-icon">{icon}</span>
      <span className="rail-label">{label}</span>
    </NavLink>
  );
}
