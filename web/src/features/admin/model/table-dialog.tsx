import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiError } from "@/api/errors";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { isKey } from "../key-proposal";
import { NameFields } from "../name-fields";
import { useNames } from "../use-names";
import { useWrite } from "../use-write";
import { createTable, type NewTable } from "./api";
import { firstTable } from "./first-table";
import { IconPicks } from "./icon-picks";
import { SwitchLine } from "./switch-line";

/** Makes a table with what nearly every table needs; its fields are added afterwards. */
export function TableDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { tables } = useMeta();
  const names = useNames(null, new Set(tables.map(({ key }) => key)));
  const [icon, setIcon] = useState("table");
  const [isOwned, setOwned] = useState(true);
  const [isPooled, setPooled] = useState(false);
  const [tried, setTried] = useState(false);
  const { mutate, error, isPending } = useCreate(onClose);
  const keyFault = !names.key ? t("admin.keyMissing") : isKey(names.key) ? undefined : t("admin.keyWrong");
  const refused = error instanceof ApiError ? error.fields : {};

  const go = () => {
    setTried(true);
    if (!names.isNamed || keyFault) return;
    mutate(
      firstTable({ key: names.key, label: names.label, icon, isOwned, isPooled }, (key) =>
        t(`model.first.${key}`, { returnObjects: true }),
      ),
    );
  };
  return (
    <Modal
      open
      width={480}
      title={t("model.create")}
      onCancel={onClose}
      onOk={go}
      okText={t("common.save")}
      okButtonProps={{ loading: isPending }}
    >
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      <NameFields names={names} tried={tried} faults={refused} />
      <Labelled
        label={t("admin.key")}
        fault={tried ? (keyFault ?? refused.key) : undefined}
        help={t("admin.keyHint")}
        required
      >
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
      <div className="labelled">
        <span className="plain-label">{t("model.icon")}</span>
        <IconPicks value={icon} onChange={setIcon} />
      </div>
      <SwitchLine label={t("model.owned")} hint={t("model.ownedHint")} checked={isOwned} onChange={setOwned} />
      <SwitchLine
        label={t("model.pooled")}
        hint={t("model.pooledHint")}
        checked={isOwned && isPooled}
        disabled={!isOwned}
        onChange={setPooled}
      />
    </Modal>
  );
}

function useCreate(onClose: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = async (table: NewTable) => {
    await createTable(table);
    return table.key;
  };
  return useWrite(create, {
    said: t("model.made"),
    onDone: (key) => {
      onClose();
      navigate(`/admin/tables/${key}`);
    },
  });
}
