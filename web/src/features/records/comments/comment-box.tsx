import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Mentions } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useSettled } from "@/ui/use-settled";
import { commentsQuery, readersQuery, type Said } from "./api";
import { mentioned } from "./mentions";

const TYPED_MS = 200;

type Props = {
  table: Table;
  record: number;
  text: string;
  /** Who is mentioned already, by id. */
  chosen: ReadonlyMap<number, string>;
  onSay: (said: Said) => Promise<unknown>;
  onClose: () => void;
};

/** Where a comment is written; @ offers the people who may read the record. Ctrl+Enter sends. */
export function CommentBox({ table, record, text, chosen: before, onSay, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState(text);
  const [chosen, setChosen] = useState(before);
  const [name, setName] = useState<string | null>(null);
  const [fault, setFault] = useState("");
  const [isSaving, setSaving] = useState(false);
  const asked = useSettled(name ?? "", TYPED_MS);
  const { data: people, isFetching } = useQuery({
    ...readersQuery(table.key, record, asked),
    enabled: name !== null,
  });
  const say = async () => {
    if (!typed.trim() || isSaving) return;
    setSaving(true);
    try {
      await onSay({ text: typed.trim(), mentions: mentioned(typed, chosen) });
      await client.invalidateQueries({ queryKey: commentsQuery(table.key, record).queryKey });
      onClose();
    } catch (error) {
      setFault(sentenceOf(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="comment-box">
      <Mentions
        autoFocus
        aria-label={t("comments.write")}
        placeholder={t("comments.hint")}
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={typed}
        maxLength={5000}
        loading={isFetching}
        notFoundContent={isFetching ? t("common.loading") : t("comments.nobody")}
        options={(people ?? []).map((person) => ({ key: String(person.id), value: person.name, label: person.name }))}
        filterOption={false}
        onSearch={setName}
        onSelect={(option) => {
          const person = people?.find((one) => one.name === option.value);
          if (person) setChosen(new Map(chosen).set(person.id, person.name));
        }}
        onChange={(value) => {
          setTyped(value);
          setFault("");
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void say();
        }}
      />
      {fault && (
        <p className="labelled-fault" role="alert">
          {fault}
        </p>
      )}
      <div className="comment-actions">
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" loading={isSaving} disabled={!typed.trim()} onClick={() => void say()}>
          {t("comments.send")}
        </Button>
      </div>
    </div>
  );
}
