import { useRef } from "react";
import "./picks.css";

export type Pick = { key: string; label: React.ReactNode };

type Props = {
  picks: readonly Pick[];
  value: string | null;
  onChange: (key: string | null) => void;
  label: string;
  className?: string;
  /** Keys 1, 2, 3 … choose while the focus is inside. */
  numbered?: boolean;
};

/** A few choices side by side, one of them or none: arrows move, Space or Enter on the chosen one lets it go. */
export function Picks({ picks, value, onChange, label, className = "", numbered = false }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const focusAt = Math.max(
    0,
    picks.findIndex(({ key }) => key === value),
  );
  const choose = (place: number) => {
    const pick = picks[(place + picks.length) % picks.length];
    if (!pick) return;
    onChange(pick.key);
    (box.current?.children[picks.indexOf(pick)] as HTMLElement | undefined)?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = value === null ? -1 : focusAt;
    if (step) choose(value === null && step < 0 ? picks.length - 1 : at + step);
    else if (numbered && /^[1-9]$/.test(event.key) && Number(event.key) <= picks.length) choose(Number(event.key) - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className={`picks ${className}`} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {picks.map(({ key, label: text }, place) => (
        <button
          key={key}
          type="button"
          role="radio"
          aria-checked={key === value}
          tabIndex={place === focusAt ? 0 : -1}
          className={key === value ? "pick on" : "pick"}
          onClick={() => onChange(key === value ? null : key)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
