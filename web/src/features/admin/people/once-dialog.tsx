import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { Secret } from "@/ui/secret";

/** A one-time password on its way to its owner. */
export type OncePassword = { title: string; name: string; email: string; password: string };

type Props = { once: OncePassword; onClose: () => void };

/** Shows a one-time password this once; it closes only when one says so. */
export function OnceDialog({ once: { title, name, email, password }, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      width={460}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={<Button onClick={onClose}>{t("people.onceClose")}</Button>}
    >
      <p className="once-hint">{t("people.onceHint", { name })}</p>
      <Secret
        label={`${t("people.once")} · ${email}`}
        value={password}
        copied={t("people.onceCopied", { address: window.location.origin, email, password })}
      />
    </Modal>
  );
}
