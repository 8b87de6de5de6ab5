import { Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { departmentPath, type Table, useMeta } from "@/api/meta";
import type { Look, SavedView, SavedViews, Shared } from "@/api/saved-views";
import { useFormat } from "@/api/use-format";
import { draftOf, type Tree, treeOf } from "@/lib/filter-tree";
import { Labelled } from "@/ui/labelled";
import { FilterBuilder } from "../filter/filter-builder";
import { audienceOf, keysOf } from "./audience";

type Props = {
  table: Table;
  /** Null = a new one. */
  view: SavedView | null;
  look: { filter: Tree | null; sort: string; columns: string[] };
  may: SavedViews["may_share"];
  isPending: boolean;
  onSave: (look: Look) => void;
  onClose: () => void;
};

const NOBODY: Shared = { everyone: false, departments: [], roles: [] };

/** Name, conditions and readers of a view. */
export function ViewDialog({ table, view, look, may, isPending, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(view?.name ?? "");
  const [draft, setDraft] = useState(() => draftOf(look.filter));
  const [shared, setShared] = useState(view?.shared ?? NOBODY);
  const [tried, setTried] = useState(false);
  const save = () => {
    setTried(true);
    if (name.trim()) onSave({ ...look, name: name.trim(), filter: treeOf(draft), shared });
  };
  return (
    <Modal
      open
      title={view ? t("views.editTitle") : t("views.createTitle")}
      okText={t("common.save")}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: isPending }}
      onOk={save}
      onCancel={onClose}
      width={640}
    >
      <Labelled label={t("views.name")} fault={tried && !name.trim() ? t("views.nameMissing") : undefined} required>
        {(aria) => (
          <Input
            {...aria}
            autoFocus
            value={name}
            maxLength={60}
            placeholder={t("views.namePlaceholder")}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={(event) => !event.nativeEvent.isComposing && save()}
          />
        )}
      </Labelled>
      <div className="view-conditions">
        <h3>{t("views.conditions")}</h3>
        <FilterBuilder table={table} draft={draft} onChange={setDraft} />
        <p className="muted">{t("views.kept")}</p>
      </div>
      {(may.everybody || may.departments.length > 0 || keysOf(shared).length > 0) && (
        <Labelled label={t("views.sharedWith")} help={t("views.sharedHint")}>
          {(aria) => <Readers aria={aria} may={may} shared={shared} onChange={setShared} />}
        </Labelled>
      )}
    </Modal>
  );
}

type ReadersProps = {
  aria: { id: string };
  may: SavedViews["may_share"];
  shared: Shared;
  onChange: (shared: Shared) => void;
};

function Readers({ aria, may, shared, onChange }: ReadersProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const meta = useMeta();
  const offered = new Set([...may.departments, ...shared.departments]);
  const options = [
    ...(may.everybody || shared.everyone ? [{ value: "everyone", label: t("views.everyone") }] : []),
    {
      label: t("views.departments"),
      options: meta.departments
        .filter(({ id }) => offered.has(id))
        .map(({ id }) => ({ value: `d:${id}`, label: departmentPath(meta, id) })),
    },
    ...(may.everybody || shared.roles.length > 0
      ? [
          {
            label: t("views.roles"),
            options: meta.roles.map((role) => ({ value: `r:${role.key}`, label: label(role.label) })),
          },
        ]
      : []),
  ];
  return (
    <Select
      {...aria}
      mode="multiple"
      style={{ width: "100%" }}
      placeholder={t("views.onlyMe")}
      value={keysOf(shared)}
      options={options}
      showSearch={{ optionFilterProp: "label" }}
      onChange={(keys: string[]) => onChange(audienceOf(keys))}
    />
  );
}
