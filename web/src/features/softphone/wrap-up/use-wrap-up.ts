import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { customerOf } from "@/api/call-subject";
import { type Call, currentKey, type Draft, saveWrapUp, showFree, type WrapUp } from "@/api/calls";
import { ApiError } from "@/api/errors";
import { hold } from "@/api/live/hold";
import { type Table, useMeta } from "@/api/meta";
import { refreshRecords } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { painted } from "@/ui/painted";
import { firstDraft, missingIn, requiredAt, STAGE, wrapUpFields } from "./rules";
import { useDraft } from "./use-draft";

type Asked = { call: Call; table: Table; rules: WrapUp; draft: Draft | null; onSaved: () => void };

/** What is typed into the wrap-up of a call, what is missing, and saving it. */
export function useWrapUp({ call, table, rules, draft: kept, onSaved }: Asked) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const client = useQueryClient();
  const fields = wrapUpFields(table);
  const customer = customerOf(meta, call);
  const typed = useDraft(call.id, () => kept ?? firstDraft(fields));
  const [tried, setTried] = useState(false);
  const required = requiredAt(rules, typed.draft.stage, customer !== null);
  const missing = missingIn(required, typed.draft);

  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: async () => {
      await typed.settle();
      const letGo = hold();
      try {
        await saveWrapUp(call.id, typed.draft);
      } catch (error) {
        letGo();
        throw error;
      }
      return letGo;
    },
    onSuccess: async (letGo) => {
      showFree(client);
      typed.forget();
      onSaved();
      // First the next one stands there, then everything is asked anew.
      await painted();
      letGo();
      await refreshRecords(client);
    },
    onError: async (refused) => {
      // Saved in another window meanwhile: the line says so by itself.
      if (refused instanceof ApiError && refused.status === 409) {
        await client.invalidateQueries({ queryKey: currentKey });
      }
    },
  });
  const faults: Record<string, string> = { ...(error instanceof ApiError ? error.fields : {}) };
  if (tried) {
    for (const key of missing) {
      const field = table.byKey.get(key);
      faults[key] ??=
        key === STAGE || !field ? t("phone.stageNeeded") : t("phone.needed", { name: label(field.label) });
    }
  }
  return {
    fields,
    customer,
    required,
    faults,
    error,
    isPending,
    draft: typed.draft,
    kept: typed.kept,
    set: (key: string, value: unknown) => {
      const { values, stage } = typed.draft;
      typed.change(
        key === STAGE
          ? { values, stage: typeof value === "string" ? value : null }
          : { values: { ...values, [key]: value }, stage: stage ?? null },
      );
      if (error) reset();
    },
    save: () => {
      setTried(true);
      if (missing.length === 0 && !isPending) mutate();
    },
  };
}
