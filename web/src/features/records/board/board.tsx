import { useTranslation } from "react-i18next";
import { choicesOf } from "@/api/choices";
import type { Field, Table } from "@/api/meta";
import type { ListQuery } from "@/api/records";
import { BoardColumn } from "./board-column";
import { useMove } from "./use-move";
import "./board.css";

type Props = { table: Table; stage: Field; query: ListQuery; columns: readonly string[] };

/** The same list by stage: one column each, records carried over by mouse, keys or menu. */
export function Board({ table, stage, query, columns }: Props) {
  const { t } = useTranslation();
  const { moving, move, dialog } = useMove(table, stage);
  const stages = choicesOf(stage).filter(({ hidden }) => !hidden);
  const may = Boolean(table.rights.update && stage.writable);
  const focusStage = (at: number) =>
    document.querySelector<HTMLElement>(`[data-board-column="${at}"] [data-board-card]`)?.focus();
  return (
    <section className="board" aria-label={t("records.board.label")}>
      {stages.map((choice, at) => (
        <BoardColumn
          key={choice.key}
          table={table}
          stage={stage}
          stages={stages}
          at={at}
          query={query}
          columns={columns}
          moving={moving}
          onMove={may ? move : null}
          onFocusStage={focusStage}
        />
      ))}
      {may && (
        <p className="sr-only" id="board-keys">
          {t("records.board.keys")}
        </p>
      )}
      {dialog}
    </section>
  );
}
