import { NameBoxes } from "./name-boxes";
import type { Names } from "./use-names";

type Props = { names: Names; tried: boolean; faults?: Record<string, string> };

/** The names of something that is being made, of which the key follows. */
export function NameFields({ names, tried, faults = {} }: Props) {
  return (
    <NameBoxes
      zh={names.zh}
      en={names.en}
      isMissing={tried && !names.isNamed}
      faults={faults}
      autoFocus
      onZh={names.setZh}
      onEn={names.setEn}
    />
  );
}
