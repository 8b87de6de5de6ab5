import type { TFunction } from "i18next";
import type { Texts } from "@/lib/locales/zh";

type KindKey = keyof Texts["flows"]["kind"];

/** A kind of node in a word; one this version does not know by its own name. */
export const kindWord = (type: string, t: TFunction): string =>
  t(`flows.kind.${type as KindKey}`, { defaultValue: type });
