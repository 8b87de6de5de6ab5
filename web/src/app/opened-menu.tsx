import { Dropdown, type DropdownProps } from "antd";
import type { ReactElement } from "react";

export type OpenedMenuProps = Pick<DropdownProps, "menu" | "placement"> & { children: ReactElement };

/** The menu of a button, opened by a click. */
export function OpenedMenu({ children, ...props }: OpenedMenuProps) {
  return (
    <Dropdown trigger={["click"]} {...props}>
      {children}
    </Dropdown>
  );
}
