import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useNavigate, useParams } from "react-router";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { accountsQuery } from "../people/api";
import { type Role, rolesQuery } from "./api";
import { RoleDetail } from "./role-detail";
import { RoleDialog } from "./role-dialog";
import "./roles.css";

/** `/admin/roles/:role`: the roles on the left, what the chosen one may do on the right. */
export function RolesPage() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const { role: key } = useParams();
  const { data: roles, error, isPending, refetch } = useQuery(rolesQuery);
  const [isNew, setNew] = useState(false);
  if (isPending) return <Skeleton className="admin-body" active paragraph={{ rows: 8 }} />;
  if (error) {
    return (
      <Empty tone="alarm" title={t("admin.failed")} hint={sentenceOf(error)}>
        <Button onClick={() => void refetch()}>{t("common.retry")}</Button>
      </Empty>
    );
  }
  const chosen = roles.find((role) => role.key === key) ?? (key ? null : (roles[0] ?? null));
  return (
    <div className="admin-split">
      {isPhone ? (
        <RolePicker roles={roles} chosen={chosen} onNew={() => setNew(true)} />
      ) : (
        <aside className="admin-side" aria-label={t("roles.title")}>
          <RoleList roles={roles} chosen={chosen} onNew={() => setNew(true)} />
        </aside>
      )}
      <div className="admin-body">
        {chosen ? (
          <RoleDetail key={chosen.key} role={chosen} roles={roles} />
        ) : (
          <Empty title={t("common.notFoundTitle")} hint={t("common.notFound")} />
        )}
      </div>
      {isNew && <RoleDialog act="new" roles={roles} from={null} onClose={() => setNew(false)} />}
    </div>
  );
}

type ListProps = { roles: readonly Role[]; chosen: Role | null; onNew: () => void };

function RoleList({ roles, chosen, onNew }: ListProps) {
  const { t } = useTranslation();
  const { label, number } = useFormat();
  const { data: accounts = [] } = useQuery(accountsQuery);
  return (
    <>
      <div className="admin-side-head">
        <h2>{t("roles.title")}</h2>
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          aria-label={t("roles.create")}
          title={t("roles.create")}
          onClick={onNew}
        />
      </div>
      <nav aria-label={t("roles.title")}>
        {roles.map((role) => (
          <NavLink
            key={role.key}
            to={`/admin/roles/${role.key}`}
            className={role === chosen ? "role-link on" : "role-link"}
            aria-current={role === chosen ? "page" : undefined}
          >
            <span className="ellipsis">{label(role.label)}</span>
            <small>
              {t("roles.users", { n: number(accounts.filter(({ roles: keys }) => keys.includes(role.key)).length) })}
            </small>
          </NavLink>
        ))}
      </nav>
    </>
  );
}

function RolePicker({ roles, chosen, onNew }: ListProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const navigate = useNavigate();
  return (
    <div className="role-picker">
      <Select
        aria-label={t("roles.title")}
        size="large"
        value={chosen?.key ?? null}
        options={roles.map((role) => ({ value: role.key, label: label(role.label) }))}
        onChange={(key) => navigate(`/admin/roles/${key}`)}
      />
      <Button size="large" icon={<PlusOutlined aria-hidden />} aria-label={t("roles.create")} onClick={onNew} />
    </div>
  );
}
