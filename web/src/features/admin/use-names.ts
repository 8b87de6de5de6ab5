import { useRef, useState } from "react";
import type { Label } from "@/lib/i18n";
import { keyFor, slugOf } from "./key-proposal";

/** A name in both languages and the key that follows from it until one writes a key of one's own. */
export function useNames(old: { key: string; label: Label } | null, taken: ReadonlySet<string>) {
  const [zh, setZh] = useState(old?.label.zh ?? "");
  const [en, setEn] = useState(old?.label.en ?? "");
  const [key, setKey] = useState(old?.key ?? "");
  const isOwn = useRef(old !== null);
  const asked = useRef(0);

  const propose = async (nextZh: string, nextEn: string) => {
    if (isOwn.current) return;
    const turn = ++asked.current;
    // An English name is the better key: shorter, and read by whoever uses the API.
    const proposed = await keyFor(slugOf(nextEn) ? nextEn : nextZh, taken);
    if (turn === asked.current && !isOwn.current) setKey(proposed);
  };
  return {
    zh,
    en,
    key,
    label: { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() } satisfies Label,
    isNamed: zh.trim() !== "" || en.trim() !== "",
    setZh: (text: string) => {
      setZh(text);
      void propose(text, en);
    },
    setEn: (text: string) => {
      setEn(text);
      void propose(zh, text);
    },
    setKey: (text: string) => {
      isOwn.current = text !== "";
      setKey(text);
    },
  };
}

export type Names = ReturnType<typeof useNames>;
