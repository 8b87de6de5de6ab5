import type { ReactNode } from "react";
import { TONES, type Tone } from "./tokens";
import "./chip.css";

type Props = { tone?: Tone; children: ReactNode; title?: string };

/** A small coloured word: a status, a grade, a tag. */
export function Chip({ tone = "grey", children, title }: Props) {
  return (
    <span className="chip" data-tone={tone} title={title}>
      {children}
    </span>
  );
}

/** The tone for a colour named in metadata; grey when it is not one of ours. */
export function toneOf(color: string | null | undefined): Tone {
  return TONES.find((tone) => tone === color) ?? "grey";
}
