import { cloneElement, lazy, Suspense, useState } from "react";
import type { OpenedMenuProps } from "./opened-menu";

const Menu = lazy(async () => ({ default: (await import("./opened-menu")).OpenedMenu }));

type Early = { pressed?: boolean; focused?: boolean };

/**
 * A button that opens a menu. The button stands there at once; what it opens is loaded after it, and opens then if
 * the button was pressed meanwhile.
 */
export function DropMenu({ children, ...props }: OpenedMenuProps) {
  const [early, setEarly] = useState<Early>({});
  const button = cloneElement(children, {
    onClick: () => setEarly((before) => ({ ...before, pressed: true })),
    onFocus: () => setEarly((before) => ({ ...before, focused: true })),
    onBlur: () => setEarly((before) => ({ ...before, focused: false })),
  });
  return (
    <Suspense fallback={button}>
      <Menu {...props} defaultOpen={early.pressed}>
        {cloneElement(children, { autoFocus: early.focused })}
      </Menu>
    </Suspense>
  );
}
