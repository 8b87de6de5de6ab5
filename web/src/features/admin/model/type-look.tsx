import {
  AlignLeftOutlined,
  ApartmentOutlined,
  BarcodeOutlined,
  CalendarOutlined,
  CheckCircleOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  ClusterOutlined,
  DownSquareOutlined,
  FieldTimeOutlined,
  FontSizeOutlined,
  FormOutlined,
  KeyOutlined,
  LinkOutlined,
  MailOutlined,
  NumberOutlined,
  PaperClipOutlined,
  PayCircleOutlined,
  PercentageOutlined,
  PhoneOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";

const ICONS: Record<string, ComponentType<{ "aria-hidden"?: boolean }>> = {
  text: FontSizeOutlined,
  long_text: AlignLeftOutlined,
  number: NumberOutlined,
  currency: PayCircleOutlined,
  percent: PercentageOutlined,
  date: CalendarOutlined,
  datetime: ClockCircleOutlined,
  switch: CheckCircleOutlined,
  dropdown: DownSquareOutlined,
  multi_select: CheckSquareOutlined,
  phone: PhoneOutlined,
  email: MailOutlined,
  user: UserOutlined,
  department: ApartmentOutlined,
  link: LinkOutlined,
  links: ClusterOutlined,
  attachment: PaperClipOutlined,
  auto_number: BarcodeOutlined,
  id: KeyOutlined,
  created_at: FieldTimeOutlined,
  updated_at: FieldTimeOutlined,
  created_by: UserOutlined,
  updated_by: UserOutlined,
};

/** The sign of a type; a type this version does not know has a plain one. */
export function TypeIcon({ type }: { type: string }) {
  const Icon = ICONS[type] ?? FormOutlined;
  return <Icon aria-hidden />;
}
