import { CheckOutlined } from "@ant-design/icons";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { offeredOf } from "@/api/choices";
import type { Table } from "@/api/meta";
import type { Rec } from "@/api/records";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { GivenUp, type Save } from "./use-save";
import "./stage-bar.css";

type Props = {
  table: Table;
  record: Rec;
  save: Save;
  /** The stage of a converted record is reached by converting it. */
  onConvert: (() => void) | null;
};

/** How far it has come; a click moves it. */
export function StageBar({ table, record, save, onConvert }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { message } = App.useApp();
  const [moving, setMoving] = useState<string | null>(null);
  const field = table.byKey.get(table.settings.stage ?? "");
  if (!field) return null;
  const choices = offeredOf(field, record[field.key]);
  const at = choices.findIndex(({ key }) => key === (moving ?? record[field.key]));
  // Who was lost in the first talk has not passed the ones in between.
  const isGivenUp = table.settings.given_up.includes(choices[at]?.key ?? "");
  const isDone = (place: number) => place < at && !isGivenUp;
  const canMove = field.writable && Boolean(table.rights.update);

  const move = async (key: string) => {
    if (key === record[field.key]) return;
    if (onConvert && key === table.converts?.set[field.key]) return onConvert();
    setMoving(key);
    try {
      await save(record, { [field.key]: key });
    } catch (error) {
      if (!(error instanceof GivenUp)) message.error(sentenceOf(error));
    } finally {
      setMoving(null);
    }
  };
  return (
    <ol className="stages" aria-label={label(field.label)}>
      {choices.map((choice, place) => (
        <li key={choice.key} className={isDone(place) ? "done" : place !== at ? "" : isGivenUp ? "on given-up" : "on"}>
          <button
            type="button"
            disabled={!canMove || moving !== null}
            aria-current={place === at ? "step" : undefined}
            title={canMove && place !== at ? t("records.stageTo", { stage: label(choice.label) }) : undefined}
            onClick={() => void move(choice.key)}
          >
            {isDone(place) && <CheckOutlined aria-hidden />}
            {label(choice.label)}
          </button>
        </li>
      ))}
    </ol>
  );
}
