import { Modal, message, notification } from "antd";
import { useEffect } from "react";
import type { Voices } from "./voices";

/** Where messages, notices and questions are drawn. */
export function FeedbackHolders({ onReady }: { onReady: (voices: Voices) => void }) {
  const [say, messages] = message.useMessage({ maxCount: 3 });
  const [notify, notices] = notification.useNotification();
  const [ask, questions] = Modal.useModal();
  useEffect(() => onReady({ message: say, notification: notify, modal: ask }), [onReady, say, notify, ask]);
  return (
    <>
      {messages}
      {notices}
      {questions}
    </>
  );
}
