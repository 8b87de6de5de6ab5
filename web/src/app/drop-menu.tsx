import type { DropdownProps } from "antd";
import { lazy, type ReactElement, Suspense } from "react";

const Menu = lazy(async () => ({ default: (await import("./opened-menu")).OpenedMenu }));

export type Props = Pick<DropdownProps, "menu" | "placement"> & { children: ReactElement };

/** A button that opens a menu. The button stands there at once; what it opens is loaded after it. */
export function DropMenu(props: Props) {
  return (
    <Suspense fallback={props.children}>
      <Menu {...props} />
    </Suspense>
  );
}
