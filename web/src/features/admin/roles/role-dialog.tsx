import { Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiError } from "@/api/errors";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { isKey } from "../key-proposal";
import { NameFields } from "../name-fields";
import { useNames } from "../use-names";
import { useWrite } from "../use-write";
import { changeRole, createRole, type Role } from "./api";

type Props = {
  act: "new" | "copy" | "rename";
  roles: readonly Role[];
  /** The role that is copied or renamed. */
  from: Role | null;
  onClose: () => void;
};

/** Makes a role, from nothing or after another one, or renames one. */
export function RoleDialog({ act, roles, from, onClose }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const isRename = act === "rename";
  const names = useNames(isRename ? from : null, new Set(roles.map(({ key }) => key)));
  const [model, setModel] = useState(act === "copy" ? (from?.key ?? "") : "");
  const [tried, setTried] = useState(false);
  const { save, error, isPending } = useSave(isRename, onClose);
  const refused = error instanceof ApiError ? error.fields : {};
  const keyFault = !names.key ? t("admin.keyMissing") : isKey(names.key) ? undefined : t("admin.keyWrong");
  const isComplete = names.isNamed && !keyFault;

  const go = () => {
    setTried(true);
    const grants = roles.find(({ key }) => key === model)?.grants ?? [];
    if (isComplete) save({ key: names.key, label: names.label, superuser: false, grants });
  };
  return (
    <Modal
      open
      width={440}
      title={isRename ? t("roles.rename") : t("roles.create")}
      onCancel={onClose}
      onOk={go}
      okText={t("common.save")}
      okButtonProps={{ loading: isPending }}
    >
      {error && <Notice tone="cinnabar">{Object.values(refused)[0] ?? sentenceOf(error)}</Notice>}
      <NameFields names={names} tried={tried} />
      {!isRename && (
        <>
          <Labelled label={t("admin.key")} fault={tried ? keyFault : undefined} help={t("admin.keyHint")} required>
            {(aria) => (
              <Input
                {...aria}
                className="key-box"
                maxLength={48}
                value={names.key}
                onChange={(event) => names.setKey(event.target.value)}
              />
            )}
          </Labelled>
          <Labelled label={t("roles.beginWith")}>
            {(aria) => (
              <Select
                {...aria}
                style={{ width: "100%" }}
                value={model}
                options={[
                  { value: "", label: t("roles.beginEmpty") },
                  ...roles
                    .filter(({ superuser }) => !superuser)
                    .map((role) => ({ value: role.key, label: t("roles.beginAs", { role: label(role.label) }) })),
                ]}
                onChange={setModel}
              />
            )}
          </Labelled>
        </>
      )}
    </Modal>
  );
}

function useSave(isRename: boolean, onClose: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const go = async (role: Omit<Role, "source">) => {
    if (isRename) await changeRole({ key: role.key, label: role.label });
    else await createRole(role);
    return role.key;
  };
  const { mutate, error, isPending } = useWrite(go, {
    said: isRename ? t("admin.saved") : t("roles.made"),
    onDone: (key) => {
      onClose();
      navigate(`/admin/roles/${key}`);
    },
  });
  return { save: mutate, error, isPending };
}
