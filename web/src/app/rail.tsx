import {
  AppstoreOutlined,
  BranchesOutlined,
  CustomerServiceOutlined,
  SearchOutlined,
  SettingOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useLocation, useNavigate } from "react-router";
import { useLanguage } from "@/api/use-format";
import { Bell } from "@/features/notices/bell";
import { TableIcon } from "@/ui/icon";
import { Mark } from "@/ui/mark";
import { DropMenu } from "./drop-menu";
import { type Entry, useMenu } from "./menu";
import { UserMenu } from "./user-menu";

type Props = { onNotices: () => void; onFind: () => void; onFirstSteps: (() => void) | null };

/** The ink rail at the left edge. */
export function Rail({ onNotices, onFind, onFirstSteps }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const menu = useMenu();
  return (
    <nav className="rail" aria-label={t("app.nav")}>
      <NavLink to="/" className="rail-mark" aria-label={t("common.home")}>
        <Mark />
      </NavLink>
      <RailLink to="/today" icon={<CustomerServiceOutlined aria-hidden />} label={t("app.today")} />
      {menu.tables.map((entry) => (
        <RailLink key={entry.to} to={entry.to} icon={<TableIcon name={entry.icon} />} label={entry.label[language]} />
      ))}
      {menu.more.length > 0 && <RailMore entries={menu.more} />}
      <div className="rail-gap" />
      {menu.mayAdminister && <RailLink to="/flows" icon={<BranchesOutlined aria-hidden />} label={t("app.flows")} />}
      {menu.mayAdminister && <RailLink to="/admin" icon={<SettingOutlined aria-hidden />} label={t("app.admin")} />}
      <button type="button" className="rail-find" aria-label={t("palette.title")} title="Ctrl K" onClick={onFind}>
        <SearchOutlined aria-hidden />
      </button>
      <Bell onOpen={onNotices} />
      <UserMenu placement="rightBottom" onFirstSteps={onFirstSteps} />
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

/** Every table that has no place of its own in the rail. */
function RailMore({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const active = entries.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <DropMenu
      placement="topLeft"
      menu={{
        selectedKeys: active ? [active.to] : [],
        items: entries.map(({ to, icon, label }) => ({
          key: to,
          icon: <TableIcon name={icon} />,
          label: label[language],
        })),
        onClick: ({ key }) => navigate(key),
      }}
    >
      <button type="button" className={active ? "rail-link on" : "rail-link"}>
        <span className="rail-icon">
          {active ? <TableIcon name={active.icon} /> : <AppstoreOutlined aria-hidden />}
        </span>
        <span className="rail-label">{active ? active.label[language] : t("app.more")}</span>
      </button>
    </DropMenu>
  );
}
