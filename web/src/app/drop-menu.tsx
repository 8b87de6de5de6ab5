import { lazy, Suspense } from "react";
import type { OpenedMenuProps } from "./opened-menu";

const Menu = lazy(async () => ({ default: (await import("./opened-menu")).OpenedMenu }));

/** A button that opens a menu. The button stands there at once; what it opens is loaded after it. */
export function DropMenu(props: OpenedMenuProps) {
  return (
    <Suspense fallback={props.children}>
      <Menu {...props} />
    </Suspense>
  );
}
