import { MessageOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { late } from "@/ui/late";
import { TimelineFrame } from "../record/timeline-frame";
import { type Comment, commentsQuery, sayAnew, takeBack } from "./api";
import { pieces } from "./mentions";
import "./comments.css";

const CommentBox = late(async () => (await import("./comment-box")).CommentBox);

type Props = { table: Table; record: number; comment: Comment };

/** What somebody said, as he typed it. */
export function CommentEntry({ table, record, comment }: Props) {
  const { t } = useTranslation();
  const { user, person } = useMeta();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const { mutateAsync: remove } = useMutation({
    mutationFn: () => takeBack(table.key, record, comment.id),
    onSuccess: () => client.invalidateQueries({ queryKey: commentsQuery(table.key, record).queryKey }),
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const chosen = new Map(comment.mentions.map((id) => [id, person.get(id)?.name ?? ""]));
  const isMine = comment.by === user.id;
  const ask = () =>
    modal.confirm({
      title: t("comments.removeTitle"),
      okText: t("common.remove"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: () => remove(),
    });
  return (
    <TimelineFrame
      icon={<MessageOutlined aria-hidden />}
      tone="indigo"
      by={comment.by}
      at={comment.at}
      title={t("comments.title")}
      aside={comment.edited_at && <span className="muted">{t("comments.edited")}</span>}
    >
      {isEditing ? (
        <CommentBox
          table={table}
          record={record}
          text={comment.text}
          chosen={chosen}
          onSay={(said) => sayAnew(table.key, record, comment.id, said)}
          onClose={() => setEditing(false)}
        />
      ) : (
        <p className="event-text comment-text">
          {pieces(comment.text, [...chosen.values()]).map((part, place) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text stay in their places
            part.isName ? <em key={place}>{part.text}</em> : <span key={place}>{part.text}</span>,
          )}
        </p>
      )}
      {!isEditing && (isMine || user.is_administrator) && (
        <div className="comment-own">
          {isMine && (
            <Button type="link" size="small" onClick={() => setEditing(true)}>
              {t("comments.edit")}
            </Button>
          )}
          <Button type="link" size="small" onClick={ask}>
            {t("common.remove")}
          </Button>
        </div>
      )}
    </TimelineFrame>
  );
}
