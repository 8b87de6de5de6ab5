import { SearchOutlined } from "@ant-design/icons";
import { Modal } from "antd";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { TableIcon } from "@/ui/icon";
import { isComposing } from "@/ui/use-composing";
import { type Command, matching } from "./commands";
import { useFound } from "./use-found";
import "./palette.css";

type Props = {
  commands: readonly Command[];
  /** What was typed before the box was there. */
  typedAhead: () => string;
  onShown: () => void;
  onClose: () => void;
};

/** One box that finds people, pages and things to do; keys only. */
export function Palette({ commands, typedAhead, onShown, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState(typedAhead);
  const [at, setAt] = useState(0);
  const close = (then: () => void) => {
    onClose();
    then();
  };
  const { found, isSearching } = useFound(typed, (to) => void navigate(to));
  const shown = [...found, ...matching(commands, typed)];
  const chosen = shown[Math.min(at, shown.length - 1)];
  const optionId = (command: Command) => `${id}-${command.key}`;
  useEffect(() => {
    if (chosen) document.getElementById(`${id}-${chosen.key}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, id]);
  const pressed = (event: React.KeyboardEvent) => {
    if (isComposing(event) || shown.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((Math.min(at, shown.length - 1) + step + shown.length) % shown.length);
    else if (event.key === "Enter" && chosen) close(chosen.run);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={620}
      className="palette"
      style={{ top: "12vh" }}
      title={<span className="sr-only">{t("palette.title")}</span>}
    >
      <div className="palette-box">
        <SearchOutlined aria-hidden />
        <input
          autoFocus
          onFocus={onShown}
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-label={t("palette.title")}
          {...(chosen ? { "aria-activedescendant": optionId(chosen) } : {})}
          placeholder={t("palette.placeholder")}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
        <kbd>Esc</kbd>
      </div>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={t("palette.title")}>
        {shown.map((command) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys
          <div
            key={command.key}
            id={optionId(command)}
            role="option"
            tabIndex={-1}
            aria-selected={command === chosen}
            className={command === chosen ? "palette-line on" : "palette-line"}
            onClick={() => close(command.run)}
          >
            <span className="palette-icon">
              <TableIcon name={command.icon} />
            </span>
            <span className="ellipsis">{command.name}</span>
            <small className="ellipsis">{command.note ?? t(`palette.${command.kind}`)}</small>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="palette-none">{t(isSearching ? "palette.searching" : "palette.nothing")}</p>}
      <p className="palette-foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t("palette.move")}
        </span>
        <span>
          <kbd>↵</kbd> {t("palette.open")}
        </span>
        <span>
          <kbd>?</kbd> {t("palette.keys")}
        </span>
      </p>
    </Modal>
  );
}
