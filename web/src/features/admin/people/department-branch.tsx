import { CaretRightOutlined, MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DepartmentAct } from "./department-dialog";
import { DepartmentLink } from "./department-link";
import type { Branch } from "./department-tree";
import type { Place } from "./use-people-state";

type Props = {
  branch: Branch;
  chosen: Place;
  counts: ReadonlyMap<number, number>;
  onChosen: () => void;
  onAct: (act: DepartmentAct) => void;
};

/** One department with those below it. */
export function DepartmentBranch(props: Props) {
  const { t } = useTranslation();
  const { branch, chosen, counts, onChosen, onAct } = props;
  const [isOpen, setOpen] = useState(true);
  const { name } = branch;
  const items = [
    { key: "below", label: t("people.newBelow"), onClick: () => onAct({ kind: "new", parent: branch.id }) },
    { key: "rename", label: t("people.rename"), onClick: () => onAct({ kind: "rename", department: branch }) },
    { key: "move", label: t("people.move"), onClick: () => onAct({ kind: "move", department: branch }) },
    { key: "line", type: "divider" as const },
    {
      key: "archive",
      danger: true,
      label: t("people.archive"),
      onClick: () => onAct({ kind: "archive", department: branch }),
    },
  ];
  return (
    <li>
      <div className="dept-row">
        {branch.below.length > 0 && (
          <button
            type="button"
            className={isOpen ? "dept-caret open" : "dept-caret"}
            style={{ left: 2 + branch.depth * 14 }}
            aria-expanded={isOpen}
            aria-label={t(isOpen ? "people.close" : "people.open", { name })}
            onClick={() => setOpen(!isOpen)}
          >
            <CaretRightOutlined aria-hidden />
          </button>
        )}
        <DepartmentLink
          place={branch.id}
          chosen={chosen}
          count={counts.get(branch.id) ?? 0}
          depth={branch.depth}
          onChosen={onChosen}
        >
          {name}
        </DepartmentLink>
        <Dropdown menu={{ items }} trigger={["click"]}>
          <Button
            className="dept-more"
            type="text"
            size="small"
            icon={<MoreOutlined aria-hidden />}
            aria-label={t("people.departmentActs", { name })}
          />
        </Dropdown>
      </div>
      {isOpen && branch.below.length > 0 && (
        <ul>
          {branch.below.map((below) => (
            <DepartmentBranch key={below.id} {...props} branch={below} />
          ))}
        </ul>
      )}
    </li>
  );
}
