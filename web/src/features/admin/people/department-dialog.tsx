import { Checkbox, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiError } from "@/api/errors";
import { type Department, useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { isComposing } from "@/ui/use-composing";
import { useWrite } from "../use-write";
import { archiveDepartment, changeAccount, changeDepartment, createDepartment } from "./api";
import { DepartmentSelect } from "./department-select";
import { withBelow } from "./department-tree";
import { addressOf } from "./use-people-state";

export type DepartmentAct =
  | { kind: "new"; parent: number | null }
  | { kind: "rename" | "move" | "archive"; department: Department };

type Props = {
  act: DepartmentAct;
  onClose: () => void;
  /** Instead of going there. */
  onMade?: (department: number) => void;
};

/** Makes, renames, moves or archives one department. */
export function DepartmentDialog({ act, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const { departments, user } = useMeta();
  const old = act.kind === "new" ? null : act.department;
  const [name, setName] = useState(old?.name ?? "");
  const [parent, setParent] = useState(act.kind === "new" ? act.parent : (old?.parent ?? null));
  const [tried, setTried] = useState(false);
  // Who belongs nowhere would import for nobody.
  const asksMe = act.kind === "new" && user.department === null;
  const [joins, setJoins] = useState(asksMe);
  const { mutate, error, isPending } = useDepartmentAct(act, onClose, onMade);
  const faults = error instanceof ApiError ? error.fields : {};
  const asksName = act.kind === "new" || act.kind === "rename";
  const asksParent = act.kind === "new" || act.kind === "move";

  const go = () => {
    setTried(true);
    if (!asksName || name.trim()) mutate({ name: name.trim(), parent, member: joins ? user.id : null });
  };
  const title = {
    new: t("people.newDepartment"),
    rename: t("people.rename"),
    move: t("people.moveTitle", { name: old?.name }),
    archive: t("people.archiveTitle", { name: old?.name }),
  }[act.kind];
  return (
    <Modal
      open
      title={title}
      width={420}
      onCancel={onClose}
      onOk={go}
      okText={act.kind === "archive" ? t("people.archive") : t("common.save")}
      okButtonProps={{ loading: isPending, danger: act.kind === "archive" }}
    >
      {error && Object.keys(faults).length === 0 && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {act.kind === "archive" && <p>{t("people.archiveHint")}</p>}
      {asksName && (
        <Labelled
          label={t("people.departmentName")}
          fault={tried && !name.trim() ? t("people.departmentMissing") : faults.name}
          required
        >
          {(aria) => (
            <Input
              {...aria}
              autoFocus
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
              onPressEnter={(event) => !isComposing(event) && go()}
            />
          )}
        </Labelled>
      )}
      {asksParent && (
        <Labelled
          label={t("people.above")}
          fault={faults.parent}
          help={act.kind === "move" ? t("people.moveHint") : undefined}
        >
          {(aria) => (
            <DepartmentSelect
              aria={aria}
              value={parent}
              onChange={setParent}
              nothing={t("people.top")}
              {...(old ? { without: withBelow(departments, old.id) } : {})}
            />
          )}
        </Labelled>
      )}
      {asksMe && (
        <Checkbox checked={joins} onChange={(event) => setJoins(event.target.checked)}>
          {t("people.joins")} <span className="muted">{t("people.joinsHint")}</span>
        </Checkbox>
      )}
    </Modal>
  );
}

/** `member`: who belongs to a new department from the start. */
type Typed = { name: string; parent: number | null; member: number | null };

function useDepartmentAct(act: DepartmentAct, onClose: () => void, onMade?: (department: number) => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const go = async ({ name, parent, member }: Typed): Promise<number | null> => {
    if (act.kind === "new") {
      const { id } = await createDepartment({ name, parent });
      if (member !== null) await changeAccount({ id: member, department: id });
      return id;
    }
    const { id } = act.department;
    if (act.kind === "archive") await archiveDepartment(id);
    else await changeDepartment(act.kind === "rename" ? { id, name } : { id, parent });
    return null;
  };
  const said = act.kind === "new" ? t("people.madeDepartment") : t("admin.saved");
  return useWrite(go, {
    said: act.kind === "archive" ? t("people.archivedDepartment") : said,
    onDone: (made) => {
      if (made === null || !onMade) onClose();
      if (made !== null) (onMade ?? ((id) => navigate(addressOf(id))))(made);
    },
  });
}
