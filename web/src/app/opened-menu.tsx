import { Dropdown } from "antd";
import type { Props } from "./drop-menu";

/** The menu of a button, opened by a click. */
export function OpenedMenu({ children, ...props }: Props) {
  return (
    <Dropdown trigger={["click"]} {...props}>
      {children}
    </Dropdown>
  );
}
