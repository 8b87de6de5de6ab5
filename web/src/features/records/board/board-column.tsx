import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Choice } from "@/api/choices";
import type { Field, Table } from "@/api/meta";
import type { ListQuery, Rec } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Chip, toneOf } from "@/ui/chip";
import { stageQuery } from "./api";
import { BoardCard } from "./board-card";
import { DRAGGED } from "./dragged";
import type { Move } from "./use-move";

const PAGE = 30;

type Props = {
  table: Table;
  stage: Field;
  stages: readonly Choice[];
  /** Which of the stages this is. */
  at: number;
  query: ListQuery;
  columns: readonly string[];
  moving: readonly Move[];
  /** Null: one may only look. */
  onMove: ((move: Move) => void) | null;
  onFocusStage: (at: number) => void;
};

/** One stage: how many, and the first of them; takes what is let go over it. */
export function BoardColumn({ table, stage, stages, at, query, columns, moving, onMove, onFocusStage }: Props) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const [limit, setLimit] = useState(PAGE);
  const [isOver, setOver] = useState(false);
  const choice = stages[at];
  const value = choice?.key ?? "";
  const { data, error } = useQuery(stageQuery(table, query, { field: stage.key, value }, limit));
  const shown = withMoves(data?.records ?? [], moving, value);
  const more = (data?.count ?? 0) - (data?.records.length ?? 0);
  const dropped = (event: React.DragEvent) => {
    event.preventDefault();
    setOver(false);
    const record = recordOf(event.dataTransfer.getData(DRAGGED));
    if (record) onMove?.({ record, to: value });
  };
  return (
    <div
      role="group"
      className={isOver ? "board-column over" : "board-column"}
      aria-label={choice ? label(choice.label) : value}
      data-board-column={at}
      onDragOver={(event) => {
        if (!onMove || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={dropped}
    >
      <h2>
        <Chip tone={toneOf(choice?.color)}>{choice ? label(choice.label) : value}</Chip>
        <span className="num">{typeof data?.count === "number" ? number(data.count) : ""}</span>
      </h2>
      {error && !data && <p className="board-none">{sentenceOf(error)}</p>}
      {data && shown.length === 0 && <p className="board-none">{t("records.board.none")}</p>}
      <ul>
        {shown.map((record) => (
          <BoardCard
            key={record.id}
            table={table}
            stages={stages}
            at={at}
            record={record}
            columns={columns.filter((key) => key !== stage.key)}
            onMove={onMove}
            onFocusStage={onFocusStage}
          />
        ))}
      </ul>
      {more > 0 && (
        <Button type="text" onClick={() => setLimit(limit + PAGE)}>
          {t("records.board.more", { n: number(more) })}
        </Button>
      )}
    </div>
  );
}

/** While they are being saved, records stand where they were put. */
function withMoves(records: readonly Rec[], moving: readonly Move[], stage: string): readonly Rec[] {
  const others = records.filter(({ id }) => !moving.some(({ record }) => record.id === id));
  return [...moving.flatMap(({ record, to }) => (to === stage ? [record] : [])), ...others];
}

function recordOf(text: string): Rec | null {
  try {
    return JSON.parse(text) as Rec;
  } catch {
    return null;
  }
}
