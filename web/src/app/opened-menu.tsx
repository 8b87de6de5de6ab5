import { Dropdown, type DropdownProps } from "antd";
import { type ButtonHTMLAttributes, type ReactElement, useState } from "react";
import "./opened-menu.css";

export type OpenedMenuProps = Pick<DropdownProps, "menu" | "placement"> & {
  children: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  /** Open at first, as somebody pressed the button before this was loaded. */
  defaultOpen?: boolean | undefined;
};

/** The menu of a button, opened by a click. */
export function OpenedMenu({ children, defaultOpen = false, ...props }: OpenedMenuProps) {
  const [isOpen, setOpen] = useState(defaultOpen);
  return (
    <Dropdown trigger={["click"]} classNames={{ root: "opened-menu" }} open={isOpen} onOpenChange={setOpen} {...props}>
      {children}
    </Dropdown>
  );
}
