import { CustomerServiceOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useLanguage } from "@/api/use-format";
import { TableIcon } from "@/ui/icon";
import { useMenu } from "./menu";
import { UserMenu } from "./user-menu";

const MOST_TABLES = 3;

type Props = { onNotices: () => void; onFind: () => void; onFirstSteps: (() => void) | null };

/** The menu of a phone, under the thumb. */
export function TabBar({ onNotices, onFind, onFirstSteps }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const menu = useMenu();
  const tab = ({ isActive }: { isActive: boolean }) => (isActive ? "tab on" : "tab");
  return (
    <nav className="tab-bar" aria-label={t("app.nav")}>
      <NavLink to="/today" className={tab}>
        <CustomerServiceOutlined aria-hidden />
        <span>{t("app.today")}</span>
      </NavLink>
      {menu.tables.slice(0, MOST_TABLES).map((entry) => (
        <NavLink key={entry.to} to={entry.to} className={tab}>
          <TableIcon name={entry.icon} />
          <span>{entry.label[language]}</span>
        </NavLink>
      ))}
      <UserMenu
        placement="top"
        more={[...menu.tables.slice(MOST_TABLES), ...menu.more]}
        onNotices={onNotices}
        onFind={onFind}
        onFirstSteps={onFirstSteps}
      />
    </nav>
  );
}
