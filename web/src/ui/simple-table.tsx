import type { ReactNode } from "react";
import "./simple-table.css";

export type Head = { key: string; label: ReactNode; width?: number | string; align?: "right"; silent?: boolean };

type Props = { label: string; heads: readonly Head[]; children: ReactNode };

/** A short table that is read as a whole; long lists of records have their own grid. */
export function SimpleTable({ label, heads, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="simple-table" tabIndex={0} aria-label={label}>
      <table aria-label={label}>
        <thead>
          <tr>
            {heads.map(({ key, label: text, width, align, silent }) => (
              <th key={key} scope="col" style={{ width, textAlign: align }}>
                {silent ? <span className="sr-only">{text}</span> : text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
