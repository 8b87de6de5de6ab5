import { MoreOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Dropdown, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Empty } from "@/ui/empty";
import { Notice } from "@/ui/notice";
import { accountsQuery } from "../people/api";
import { useWrite } from "../use-write";
import { changeRole, deleteRole, type Role } from "./api";
import { emptyRow, grantsOf, type Row, rowsOf } from "./matrix";
import { RoleDialog } from "./role-dialog";
import { RoleMatrix } from "./role-matrix";
import { RowDrawer } from "./row-drawer";

type Props = { role: Role; roles: readonly Role[] };

/** One role: who has it, and what it lets them do with each table. */
export function RoleDetail({ role, roles }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const [dialog, setDialog] = useState<"rename" | "copy" | null>(null);
  const [edited, setEdited] = useState<{ row: Row; place: number } | null>(null);
  const rows = rowsOf(role.grants);
  const { mutate, isPending, error } = useWrite(changeRole, {
    said: t("roles.saved"),
    onDone: () => setEdited(null),
  });
  const save = (place: number, row: Row | null) => {
    const next = [...rows];
    next.splice(place, 1, ...(row ? [row] : []));
    mutate({ key: role.key, grants: grantsOf(next) });
  };
  return (
    <>
      <div className="admin-title">
        <h2>{label(role.label)}</h2>
        <code className="role-key">{role.key}</code>
        <Chip>{role.source === "user" ? t("roles.changed") : t("roles.shipped")}</Chip>
        <span className="end">
          {!role.superuser && <GrantTable rows={rows} onChosen={(row) => setEdited({ row, place: rows.length })} />}
          <RoleActs role={role} onDialog={setDialog} />
        </span>
      </div>
      <Users role={role} />
      {role.superuser ? (
        <Notice tone="indigo">
          <b>{t("roles.everything")}</b>
          <br />
          {t("roles.everythingHint")}
        </Notice>
      ) : rows.length === 0 ? (
        <Empty title={t("roles.noGrants")} hint={t("roles.noGrantsHint")} />
      ) : (
        <RoleMatrix role={role} rows={rows} onEdit={(row, place) => setEdited({ row, place })} />
      )}
      {edited && (
        <RowDrawer
          key={edited.place}
          role={role}
          row={edited.row}
          isNew={edited.place === rows.length}
          error={error}
          isPending={isPending}
          onSave={(row) => save(edited.place, row)}
          onClose={() => setEdited(null)}
        />
      )}
      {dialog && <RoleDialog act={dialog} roles={roles} from={role} onClose={() => setDialog(null)} />}
    </>
  );
}

const SHOWN = 8;

function Users({ role }: { role: Role }) {
  const { t } = useTranslation();
  const { number, language } = useFormat();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const users = accounts.filter(({ roles }) => roles.includes(role.key));
  if (users.length === 0) return <p className="role-users">{t("roles.usedByNobody")}</p>;
  const names = users.slice(0, SHOWN).map(({ name }) => name);
  return (
    <p className="role-users">
      <span>{t("roles.usedBy")}</span> {names.join(language === "zh" ? "、" : ", ")}{" "}
      {users.length > SHOWN && t("roles.andMore", { n: number(users.length) })}
    </p>
  );
}

function GrantTable({ rows, onChosen }: { rows: readonly Row[]; onChosen: (row: Row) => void }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { tables } = useMeta();
  const granted = new Set(rows.map(({ table }) => table));
  const options = tables
    .filter(({ key }) => !granted.has(key))
    .map((table) => ({ value: table.key, label: label(table.label) }));
  if (options.length === 0) return null;
  return (
    <Select
      className="role-grant"
      aria-label={t("roles.grantTableHint")}
      placeholder={t("roles.grantTable")}
      prefix={<PlusOutlined aria-hidden />}
      value={null}
      options={options}
      showSearch={{ optionFilterProp: "label" }}
      onChange={(key: string | null) => key && onChosen(emptyRow(key))}
    />
  );
}

function RoleActs({ role, onDialog }: { role: Role; onDialog: (act: "rename" | "copy") => void }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const { mutateAsync } = useWrite(deleteRole, {
    loud: true,
    said: t("roles.removed"),
    onDone: () => void navigate("/admin/roles"),
  });
  const name = label(role.label);
  const remove = () =>
    modal.confirm({
      title: t("roles.removeTitle", { role: name }),
      icon: null,
      content: t("roles.removeHint"),
      okText: t("roles.remove"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: () => mutateAsync(role.key).catch(() => {}),
    });
  const items = [
    { key: "rename", label: t("roles.rename"), onClick: () => onDialog("rename") },
    { key: "copy", label: t("roles.copy"), onClick: () => onDialog("copy") },
    ...(role.source === "user"
      ? [
          { key: "line", type: "divider" as const },
          { key: "remove", label: t("roles.remove"), danger: true, onClick: remove },
        ]
      : []),
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
      <Button icon={<MoreOutlined aria-hidden />} aria-label={t("roles.acts", { role: name })} />
    </Dropdown>
  );
}
