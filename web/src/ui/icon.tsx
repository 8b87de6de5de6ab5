import {
  AimOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BarsOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ContactsOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  DollarOutlined,
  FileProtectOutlined,
  FileTextOutlined,
  FundOutlined,
  MessageOutlined,
  NotificationOutlined,
  PhoneOutlined,
  ProfileOutlined,
  ProjectOutlined,
  ReadOutlined,
  RiseOutlined,
  ShopOutlined,
  ShoppingOutlined,
  SmileOutlined,
  SolutionOutlined,
  TableOutlined,
  TagsOutlined,
  TeamOutlined,
  TransactionOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";

/** The names a table may give in its `icon` setting; an unknown name draws the table sign. */
const ICONS: Record<string, ComponentType<{ "aria-hidden"?: boolean }>> = {
  aim: AimOutlined,
  appstore: AppstoreOutlined,
  audit: AuditOutlined,
  bank: BankOutlined,
  bars: BarsOutlined,
  calendar: CalendarOutlined,
  "check-square": CheckSquareOutlined,
  contacts: ContactsOutlined,
  "customer-service": CustomerServiceOutlined,
  dollar: DollarOutlined,
  "file-protect": FileProtectOutlined,
  "file-text": FileTextOutlined,
  fund: FundOutlined,
  gauge: DashboardOutlined,
  message: MessageOutlined,
  notification: NotificationOutlined,
  phone: PhoneOutlined,
  profile: ProfileOutlined,
  project: ProjectOutlined,
  read: ReadOutlined,
  rise: RiseOutlined,
  shop: ShopOutlined,
  shopping: ShoppingOutlined,
  smile: SmileOutlined,
  solution: SolutionOutlined,
  table: TableOutlined,
  tags: TagsOutlined,
  team: TeamOutlined,
  transaction: TransactionOutlined,
  user: UserOutlined,
};

export const ICON_NAMES = Object.keys(ICONS);

export function TableIcon({ name }: { name: string }) {
  const Icon = ICONS[name] ?? TableOutlined;
  return <Icon aria-hidden />;
}
