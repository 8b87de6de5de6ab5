import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Segmented } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/api/use-format";
import { Sortable } from "@/ui/sortable";
import { ChoiceRow } from "./choice-row";
import { added, moved, pasted } from "./choices";
import type { DraftChoice } from "./draft";

type Props = {
  choices: readonly DraftChoice[];
  fault: string | undefined;
  onChange: (choices: DraftChoice[]) => void;
};

/** The options of a drop-down in their order, each with its colour and its name in both languages. */
export function ChoicesEditor({ choices, fault, onChange }: Props) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState(useLanguage());
  const box = useRef<HTMLUListElement>(null);
  const drop = useDrop(choices, onChange);

  const focusAt = (place: number) =>
    // The row is drawn first.
    requestAnimationFrame(() => box.current?.querySelectorAll<HTMLInputElement>("input")[place]?.focus());
  const change = (id: string, changed: Partial<DraftChoice>) =>
    onChange(choices.map((choice) => (choice.id === id ? { ...choice, ...changed } : choice)));
  const add = (behind: number) => {
    onChange(added(choices, behind));
    focusAt(behind + 1);
  };
  const shift = (place: number, by: number) => {
    onChange(moved(choices, place, by));
    focusAt(Math.max(0, Math.min(choices.length - 1, place + by)));
  };
  return (
    <fieldset className="choices">
      <legend>
        {t("model.options")}
        <Segmented
          size="small"
          name="choice-language"
          aria-label={t("model.optionLanguage")}
          value={language}
          options={[
            { value: "zh", label: t("model.chinese") },
            { value: "en", label: t("model.english") },
          ]}
          onChange={setLanguage}
        />
      </legend>
      {choices.length === 0 && <p className="muted">{t("model.noOptions")}</p>}
      <ul ref={box}>
        <Sortable entries={choices} keyOf={({ id }) => id} onMove={onChange}>
          {(choice, place, hold) => (
            <ChoiceRow
              choice={choice}
              place={place}
              language={language}
              hold={hold}
              onChange={(changed) => change(choice.id, changed)}
              onEnter={() => add(place)}
              onShift={(by) => shift(place, by)}
              onPaste={(text) => onChange(pasted(choices, place, text, language))}
              onDrop={() => drop(choice)}
            />
          )}
        </Sortable>
      </ul>
      {fault && (
        <p className="labelled-fault" role="alert">
          {fault}
        </p>
      )}
      <Button
        size="small"
        type="dashed"
        block
        icon={<PlusOutlined aria-hidden />}
        onClick={() => add(choices.length - 1)}
      >
        {t("model.addOption")}
      </Button>
      <p className="labelled-help">{t("model.optionHint")}</p>
    </fieldset>
  );
}

/** An option that records may have is not deleted unasked. */
function useDrop(choices: readonly DraftChoice[], onChange: (choices: DraftChoice[]) => void) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (choice: DraftChoice) => {
    const go = () => onChange(choices.filter(({ id }) => id !== choice.id));
    if (!choice.key) return go();
    modal.confirm({
      title: t("model.dropTitle", { name: choice.zh || choice.key }),
      icon: null,
      content: t("model.dropHint", { key: choice.key }),
      okText: t("common.delete"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: go,
    });
  };
}
