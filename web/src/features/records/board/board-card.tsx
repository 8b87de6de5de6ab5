import { MoreOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Choice } from "@/api/choices";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { useFormat } from "@/api/use-format";
import { isEmpty } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { recordAddress } from "../record/whereabouts";
import { DRAGGED } from "./dragged";
import type { Move } from "./use-move";

const MORE_FIELDS = 3;

type Props = {
  table: Table;
  stages: readonly Choice[];
  at: number;
  record: Rec;
  columns: readonly string[];
  onMove: ((move: Move) => void) | null;
  onFocusStage: (at: number) => void;
};

/** A record on the board. Arrows go to its neighbours, with Shift they carry it along. */
export function BoardCard({ table, stages, at, record, columns, onMove, onFocusStage }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const name = titleOf(table, record);
  const { title } = table.settings;
  const fields = columns
    .flatMap((key) => table.byKey.get(key) ?? [])
    .filter(({ key }) => key !== title && !isEmpty(record[key]))
    .slice(0, MORE_FIELDS);
  const pressed = (event: React.KeyboardEvent<HTMLAnchorElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      const to = stages[at + step];
      if (event.shiftKey && to) onMove?.({ record, to: to.key });
      if (!event.shiftKey) onFocusStage(at + step);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const row = event.currentTarget.closest("li");
      const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
      next?.querySelector<HTMLElement>("[data-board-card]")?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <li
      className="board-card"
      draggable={onMove !== null}
      onDragStart={({ dataTransfer }) => {
        dataTransfer.effectAllowed = "move";
        dataTransfer.setData(DRAGGED, JSON.stringify(record));
      }}
    >
      <Link
        to={recordAddress(table.key, record.id)}
        className="board-name"
        draggable={false}
        data-board-card
        {...(onMove ? { "aria-describedby": "board-keys" } : {})}
        onKeyDown={pressed}
      >
        {name}
      </Link>
      {onMove && (
        <Dropdown
          trigger={["click"]}
          placement="bottomRight"
          menu={{
            items: stages
              .filter((_, place) => place !== at)
              .map((to) => ({ key: to.key, label: t("records.board.moveTo", { stage: label(to.label) }) })),
            onClick: ({ key }) => onMove({ record, to: key }),
          }}
        >
          <button type="button" className="board-menu" aria-label={t("records.board.move", { name })}>
            <MoreOutlined aria-hidden />
          </button>
        </Dropdown>
      )}
      {fields.map((field) => (
        <span key={field.key} className="board-field ellipsis">
          <FieldCell value={record[field.key]} field={field} />
        </span>
      ))}
    </li>
  );
}
