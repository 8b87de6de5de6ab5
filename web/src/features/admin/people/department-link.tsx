import type { ReactNode } from "react";
import { Link } from "react-router";
import { useFormat } from "@/api/use-format";
import { addressOf, type Place } from "./use-people-state";

type Props = { place: Place; chosen: Place; count: number; depth: number; onChosen: () => void; children: ReactNode };

export function DepartmentLink({ place, chosen, count, depth, onChosen, children }: Props) {
  const { number } = useFormat();
  return (
    <Link
      className={place === chosen ? "dept-link on" : "dept-link"}
      to={addressOf(place)}
      aria-current={place === chosen ? "page" : undefined}
      style={{ paddingLeft: 24 + depth * 14 }}
      onClick={onChosen}
    >
      <span className="ellipsis">{children}</span>
      <small>{number(count)}</small>
    </Link>
  );
}
