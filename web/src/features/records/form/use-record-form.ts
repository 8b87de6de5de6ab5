import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { type Field, type Table, useMeta } from "@/api/meta";
import { createRecord, type Rec, refreshRecords, updateRecord } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { draftOf, keepDraft } from "@/lib/drafts";
import { firstValues, formFields, missing, sent } from "./fields-of-form";

type Values = Record<string, unknown>;

type Asked = {
  table: Table;
  record: Rec | null;
  /** Values a new record is given from where it is made, such as the lead it belongs to. */
  given?: Values;
  fields?: readonly Field[];
  /** Where in this browser what is typed is kept until it is saved. */
  draft?: string;
  onSaved: (id: number) => void;
};

/** What is typed into a form, what is wrong with it, and saving it. */
export function useRecordForm({ table, record, given, fields, draft, onSaved }: Asked) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { user } = useMeta();
  const client = useQueryClient();
  const shown = fields ?? formFields(table, record === null);
  const begin = () => ({ ...(record ? {} : firstValues(shown, user, new Date())), ...given });
  const byHand = useRef<Values>({});
  const [typed, setTyped] = useState<Values>(() => {
    byHand.current = (draft && draftOf(draft, Date.now())) || {};
    return { ...begin(), ...byHand.current };
  });
  const [tried, setTried] = useState(false);
  const [turn, setTurn] = useState(0);
  const values: Values = { ...record, ...typed };
  const empty = missing(shown, values);

  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: async () => {
      if (!record) return createRecord(table.key, sent(typed));
      const version = record.version === undefined ? {} : { version: record.version };
      await updateRecord(table.key, { ...sent(typed), id: record.id, ...version });
      return record.id;
    },
    onSuccess: async (id) => {
      onSaved(id);
      await refreshRecords(client);
    },
  });
  const refused = error instanceof ApiError ? error.fields : {};
  const faults: Record<string, string> = { ...refused };
  if (tried) for (const field of empty) faults[field.key] ??= t("records.required", { name: label(field.label) });

  return {
    fields: shown,
    values,
    faults,
    error,
    isPending,
    isTouched: Object.keys(typed).some((key) => typed[key] !== begin()[key]),
    set: (key: string, value: unknown) => {
      setTyped((now) => ({ ...now, [key]: value }));
      byHand.current = { ...byHand.current, [key]: value };
      if (draft) keepDraft(draft, byHand.current, Date.now());
      // A fault the server named counts until something is changed; then it is asked again.
      if (error) reset();
    },
    /** Counts the forms filled in one after the other: as a React key it gives each a fresh start. */
    turn,
    clear: () => {
      setTyped(begin());
      byHand.current = {};
      if (draft) keepDraft(draft, {}, Date.now());
      setTried(false);
      setTurn((now) => now + 1);
    },
    save: () => {
      setTried(true);
      if (empty.length === 0) mutate();
    },
  };
}
