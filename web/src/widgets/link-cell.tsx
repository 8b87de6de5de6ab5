import { Link } from "react-router";
import { useMeta } from "@/api/meta";
import type { CellProps } from "./field";
import { useIsInsideButton } from "./inside-button";
import { linkedOf } from "./linked";

/** Linked records by their titles; each leads to its page when there is one to go to. */
export function LinkCell({ value, field }: CellProps) {
  const { table } = useMeta();
  const target = field.refers?.table ?? "";
  const isInside = useIsInsideButton();
  const isOpen = table.has(target) && !isInside;
  return (
    <>
      {linkedOf(value).map(({ id, title }, place) => (
        <span key={id}>
          {place > 0 && "、"}
          {isOpen ? (
            <Link to={`/t/${target}/${id}`} onClick={(event) => event.stopPropagation()} tabIndex={-1}>
              {title}
            </Link>
          ) : (
            title
          )}
        </span>
      ))}
    </>
  );
}
