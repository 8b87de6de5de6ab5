import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import type { Counts } from "./checked";
import type { Mode } from "./options";
import "./figures.css";

const FIGURES = ["created", "updated", "duplicates", "faulty", "blank"] as const;
const TONE = { created: "jade", updated: "jade", duplicates: "amber", faulty: "cinnabar", blank: "grey" } as const;

type Props = {
  counts: Counts;
  /** Null once it is over: then only what there was is told. */
  mode: Mode | null;
};

/** How many rows come to what. A figure that this way of importing cannot have is absent. */
export function Figures({ counts, mode }: Props) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const isPossible = (name: (typeof FIGURES)[number]) => {
    if (counts[name] > 0) return true;
    if (mode === null) return name === "created" && counts.updated === 0;
    return !(name === "updated" && mode === "create") && !(name === "created" && mode === "update");
  };
  return (
    <dl className="figures">
      {FIGURES.filter(isPossible).map((name) => (
        <div key={name} className={counts[name] > 0 ? "" : "none"} data-tone={TONE[name]}>
          <dt>{t(`imports.figure.${name}`)}</dt>
          <dd>{number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
