import { App } from "antd";
import { useState } from "react";
import type { Field, Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { GivenUp, useSave } from "../record/use-save";

export type Move = { record: Rec; to: string };

/** Puts records on other stages: seen at once, taken back when it could not be saved. `dialog` must be drawn. */
export function useMove(table: Table, stage: Field) {
  const { message } = App.useApp();
  const { save, dialog } = useSave(table);
  const [moving, setMoving] = useState<readonly Move[]>([]);
  const move = async (asked: Move) => {
    const { record, to } = asked;
    if (record[stage.key] === to || moving.some((other) => other.record.id === record.id)) return;
    setMoving((others) => [...others, asked]);
    try {
      await save(record, { [stage.key]: to });
    } catch (error) {
      if (!(error instanceof GivenUp)) void message.error(sentenceOf(error));
    }
    setMoving((others) => others.filter((other) => other !== asked));
  };
  return { moving, move: (asked: Move) => void move(asked), dialog };
}
