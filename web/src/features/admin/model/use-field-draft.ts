import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { type FieldType, useMeta } from "@/api/meta";
import { isKey, keyFor, slugOf } from "../key-proposal";
import { useWrite } from "../use-write";
import { addField, changeField, type DesignField, type DesignTable } from "./api";
import { blankDraft, changesOf, type Draft, definitionOf, draftOf, faultsOf } from "./draft";
import type { Designer } from "./use-designer";

type Asked = { table: DesignTable; kind: FieldType; field: DesignField | null; designer: Designer };

/** What is typed about one field, what is wrong with it, and saving it. */
export function useFieldDraft({ table, kind, field, designer }: Asked) {
  const { t } = useTranslation();
  const { currency } = useMeta().workspace;
  const [first] = useState(() => (field ? draftOf(field) : blankDraft(kind, { currency })));
  const [draft, setDraft] = useState<Draft>(first);
  const [tried, setTried] = useState(false);
  const missing = faultsOf(draft, kind, isKey);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(first);
  useEffect(() => designer.setDirty(isDirty), [designer, isDirty]);
  useEffect(() => () => designer.setDirty(false), [designer]);

  const save = async () => {
    if (!field) await addField(table.key, await definitionOf(draft, keyFor));
    else {
      const changes = await changesOf(draft, field, keyFor);
      if (Object.keys(changes).length > 0) await changeField(table.key, field.key, changes);
    }
    return draft.key;
  };
  const write = useWrite(save, {
    said: field ? t("admin.saved") : t("model.added"),
    onDone: designer.finish,
  });
  const propose = useKeyProposal(field, new Set(table.fields.map(({ key }) => key)), (key) =>
    setDraft((now) => ({ ...now, key })),
  );
  const { error, isPending, mutate, reset } = write;
  return {
    draft,
    error,
    isPending,
    isDirty,
    refused: error instanceof ApiError ? error.fields : {},
    missing: tried ? missing : [],
    set: (changed: Partial<Draft>) => {
      const next = { ...draft, ...changed };
      setDraft(next);
      if (error) reset();
      if ("key" in changed) propose.own(changed.key ?? "");
      else if ("zh" in changed || "en" in changed) void propose.follow(next);
    },
    save: () => {
      setTried(true);
      if (missing.length === 0) mutate(undefined);
    },
    discard: () => {
      setDraft(first);
      setTried(false);
      reset();
    },
  };
}

export type FieldDraft = ReturnType<typeof useFieldDraft>;

/** The key follows from the name until one writes a key of one's own. */
function useKeyProposal(field: DesignField | null, taken: ReadonlySet<string>, onKey: (key: string) => void) {
  const isOwn = useRef(field !== null);
  const asked = useRef(0);
  return {
    own: (key: string) => {
      isOwn.current = key !== "";
    },
    follow: async ({ zh, en }: Draft) => {
      if (isOwn.current) return;
      const turn = ++asked.current;
      const key = await keyFor(slugOf(en) ? en : zh, taken);
      if (turn === asked.current && !isOwn.current) onKey(key);
    },
  };
}
