import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import type { Account } from "./api";
import { DepartmentBranch } from "./department-branch";
import { type DepartmentAct, DepartmentDialog } from "./department-dialog";
import { DepartmentLink } from "./department-link";
import { headCounts, treeOf } from "./department-tree";
import type { Place } from "./use-people-state";

type Props = { accounts: readonly Account[]; chosen: Place; onChosen: () => void };

/** Everybody, the tree of departments, and those without one; each with its head count. */
export function DepartmentPane({ accounts, chosen, onChosen }: Props) {
  const { t } = useTranslation();
  const { departments } = useMeta();
  const [act, setAct] = useState<DepartmentAct | null>(null);
  const counts = headCounts(departments, accounts);
  const without = accounts.filter(({ department }) => department === null).length;
  return (
    <>
      <div className="admin-side-head">
        <h2>{t("people.departments")}</h2>
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          aria-label={t("people.newDepartment")}
          title={t("people.newDepartment")}
          onClick={() => setAct({ kind: "new", parent: null })}
        />
      </div>
      <nav className="dept" aria-label={t("people.departments")} onKeyDown={moveFocus}>
        <DepartmentLink place="all" chosen={chosen} count={accounts.length} depth={0} onChosen={onChosen}>
          {t("people.everybody")}
        </DepartmentLink>
        <ul>
          {treeOf(departments).map((branch) => (
            <DepartmentBranch
              key={branch.id}
              branch={branch}
              chosen={chosen}
              counts={counts}
              onChosen={onChosen}
              onAct={setAct}
            />
          ))}
        </ul>
        {without > 0 && (
          <DepartmentLink place="none" chosen={chosen} count={without} depth={0} onChosen={onChosen}>
            {t("people.none")}
          </DepartmentLink>
        )}
      </nav>
      {departments.length === 0 && (
        <div className="dept-none">
          <b>{t("people.noDepartments")}</b>
          <p>{t("people.noDepartmentsHint")}</p>
          <Button size="small" onClick={() => setAct({ kind: "new", parent: null })}>
            {t("people.newDepartment")}
          </Button>
        </div>
      )}
      {act && <DepartmentDialog act={act} onClose={() => setAct(null)} />}
    </>
  );
}

/** Up and down go through the departments that are open. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a.dept-link")];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  links[at + step]?.focus();
  event.preventDefault();
}
