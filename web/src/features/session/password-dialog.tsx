import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { PasswordForm } from "./password-form";

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t("session.changeTitle")} footer={null} onCancel={onClose} width={400} destroyOnHidden>
      <PasswordForm known={null} onDone={onClose} />
    </Modal>
  );
}
