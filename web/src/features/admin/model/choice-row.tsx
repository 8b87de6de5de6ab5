import { CloseOutlined, EyeInvisibleOutlined, EyeOutlined, HolderOutlined } from "@ant-design/icons";
import { Button, Dropdown, Input } from "antd";
import { useTranslation } from "react-i18next";
import { toneOf } from "@/ui/chip";
import type { Hold } from "@/ui/sortable";
import { isComposing } from "@/ui/use-composing";
import { COLORS, type DraftChoice } from "./draft";

type Props = {
  choice: DraftChoice;
  place: number;
  language: "zh" | "en";
  hold: Hold;
  onChange: (changed: Partial<DraftChoice>) => void;
  onEnter: () => void;
  onShift: (by: number) => void;
  onPaste: (text: string) => void;
  onDrop: () => void;
};

/** One option: held at the left, coloured, named, and at the right no longer offered or deleted. */
export function ChoiceRow({ choice, place, language, hold, onChange, onEnter, onShift, onPaste, onDrop }: Props) {
  const { t } = useTranslation();
  const name = choice.zh || choice.en || t("model.optionOf", { n: place + 1 });
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (isComposing(event)) return;
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (step) onShift(step);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) onEnter();
    else return;
    event.preventDefault();
  };
  return (
    <li ref={hold.row} className={`choice${choice.hidden ? " off" : ""}${hold.isDragged ? " held" : ""}`}>
      <button ref={hold.handle} type="button" className="field-hold" aria-label={t("model.hold", { name })}>
        <HolderOutlined aria-hidden />
      </button>
      <ColorButton name={name} color={choice.color} onChange={(color) => onChange({ color })} />
      <Input
        size="small"
        variant="underlined"
        maxLength={80}
        aria-label={t("model.optionOf", { n: place + 1 })}
        placeholder={choice[language === "en" ? "zh" : "en"] || t("model.optionOf", { n: place + 1 })}
        value={choice[language]}
        onChange={(event) => onChange({ [language]: event.target.value })}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text");
          if (!/[\r\n]/.test(text.trim())) return;
          event.preventDefault();
          onPaste(text);
        }}
      />
      {choice.key && (
        <Button
          type="text"
          size="small"
          icon={choice.hidden ? <EyeInvisibleOutlined aria-hidden /> : <EyeOutlined aria-hidden />}
          title={choice.hidden ? t("model.hidden") : undefined}
          aria-label={t(choice.hidden ? "model.show" : "model.hide", { name })}
          onClick={() => onChange({ hidden: !choice.hidden })}
        />
      )}
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t("model.dropOption", { name })}
        onClick={onDrop}
      />
    </li>
  );
}

type ColorProps = { name: string; color: DraftChoice["color"]; onChange: (color: DraftChoice["color"]) => void };

function ColorButton({ name, color, onChange }: ColorProps) {
  const { t } = useTranslation();
  const items = COLORS.map((one) => ({
    key: one,
    label: (
      <span className="choice-color">
        <i data-tone={toneOf(one)} /> {t(`model.colors.${one}`)}
      </span>
    ),
    onClick: () => onChange(one),
  }));
  return (
    <Dropdown menu={{ items, selectedKeys: color ? [color] : [] }} trigger={["click"]}>
      <button type="button" className="choice-dot" aria-label={t("model.colorOf", { name })}>
        <i data-tone={toneOf(color)} />
      </button>
    </Dropdown>
  );
}
