import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import type { Act } from "@/api/records";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import { Picks } from "@/ui/picks";
import { PersonPicker } from "@/widgets/person-picker";
import type { Move } from "./use-actions";
import "./move-dialog.css";

type Props = {
  table: Table;
  verb: Move;
  ids: number[];
  isPending: boolean;
  onGo: (act: Omit<Act, "ids">) => void;
  onClose: () => void;
};

/** Asks for what a move still needs: to whom, why, or whether one is sure. */
export function MoveDialog({ table, verb, ids, isPending, onGo, onClose }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const [owner, setOwner] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const toSomebody = verb === "assign" || verb === "transfer";

  const go = () => {
    setTried(true);
    if (toSomebody && owner !== null) onGo({ owner });
    if (verb === "return" && reason.trim()) onGo({ reason: reason.trim() });
    if (verb === "delete") onGo({});
  };
  const title = {
    assign: t("records.assign"),
    transfer: t("records.transfer"),
    return: t("records.returnTitle"),
    delete: t("records.deleteTitle", { count: ids.length, table: label(table.label) }),
    claim: t("records.claim"),
  }[verb];
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={go}
      okText={t(`records.${verb}`)}
      okButtonProps={{ danger: verb === "delete", loading: isPending }}
      width={420}
    >
      {verb === "delete" && <p className="move-hint">{t("records.deleteHint")}</p>}
      {toSomebody && (
        <Labelled
          label={verb === "assign" ? t("records.assignTo") : t("records.transferTo")}
          fault={tried && owner === null ? t("records.choosePerson") : undefined}
          required
        >
          {(aria) => <PersonPicker aria={aria} value={owner} onChange={setOwner} autoFocus />}
        </Labelled>
      )}
      {verb === "return" && <Reason value={reason} tried={tried} onChange={setReason} onEnter={go} />}
    </Modal>
  );
}

type ReasonProps = { value: string; tried: boolean; onChange: (reason: string) => void; onEnter: () => void };

function Reason({ value, tried, onChange, onEnter }: ReasonProps) {
  const { t } = useTranslation();
  const usual = t("records.returnReasons", { returnObjects: true }) as string[];
  return (
    <>
      <Picks
        label={t("records.returnReason")}
        picks={usual.map((reason) => ({ key: reason, label: reason }))}
        value={usual.includes(value) ? value : null}
        onChange={(reason) => onChange(reason ?? "")}
      />
      <Labelled
        label={t("records.returnReason")}
        fault={tried && !value.trim() ? t("records.returnReasonMissing") : undefined}
        required
      >
        {(aria) => (
          <Input
            {...aria}
            autoFocus
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onPressEnter={(event) => !event.nativeEvent.isComposing && onEnter()}
            maxLength={1000}
          />
        )}
      </Labelled>
    </>
  );
}
