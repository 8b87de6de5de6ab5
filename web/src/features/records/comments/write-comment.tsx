import { MessageOutlined } from "@ant-design/icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { late, useFetchedAhead } from "@/ui/late";
import { say } from "./api";
import "./comments.css";

const loadBox = async () => (await import("./comment-box")).CommentBox;
const CommentBox = late(loadBox);

const NOBODY = new Map<number, string>();

/** One line until one wants to say something. */
export function WriteComment({ table, record }: { table: Table; record: number }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  useFetchedAhead(loadBox);
  if (!isOpen) {
    return (
      <button type="button" className="comment-open" onClick={() => setOpen(true)}>
        <MessageOutlined aria-hidden /> {t("comments.hint")}
      </button>
    );
  }
  return (
    <CommentBox
      table={table}
      record={record}
      text=""
      chosen={NOBODY}
      onSay={(said) => say(table.key, record, said)}
      onClose={() => setOpen(false)}
    />
  );
}
