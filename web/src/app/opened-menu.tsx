import { Dropdown, type DropdownProps } from "antd";
import { type ButtonHTMLAttributes, type ReactElement, useState } from "react";

export type OpenedMenuProps = Pick<DropdownProps, "menu" | "placement"> & {
  children: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  /** Open at first, as somebody pressed the button before this was loaded. */
  defaultOpen?: boolean | undefined;
};

/** The menu of a button, opened by a click. */
export function OpenedMenu({ children, defaultOpen = false, ...props }: OpenedMenuProps) {
  const [isOpen, setOpen] = useState(defaultOpen);
  return (
    <Dropdown trigger={["click"]} open={isOpen} onOpenChange={setOpen} {...props}>
      {children}
    </Dropdown>
  );
}
