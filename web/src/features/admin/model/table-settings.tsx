import { App, Button, InputNumber, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { NameBoxes } from "../name-boxes";
import { useWrite } from "../use-write";
import { changeTable, type DesignTable, deleteTable, type TableChange } from "./api";
import { IconPicks } from "./icon-picks";
import { SwitchLine } from "./switch-line";
import type { Designer } from "./use-designer";

type Props = { table: DesignTable; designer: Designer };
type Settings = Record<string, unknown>;

/** The table itself: its name, what its fields mean to the rest of the product, its place in the menu. */
export function TableSettings({ table, designer }: Props) {
  const { t } = useTranslation();
  const [first] = useState(() => ({ zh: table.label.zh, en: table.label.en, settings: table.settings }));
  const [typed, setTyped] = useState(first);
  const isDirty = JSON.stringify(typed) !== JSON.stringify(first);
  useEffect(() => designer.setDirty(isDirty), [designer, isDirty]);
  useEffect(() => () => designer.setDirty(false), [designer]);
  const { mutate, error, isPending } = useWrite((change: TableChange) => changeTable({ table: table.key, ...change }), {
    said: t("admin.saved"),
    onDone: () => designer.finish(null),
  });
  const { zh, en, settings } = typed;
  const set = (changed: Settings) => setTyped({ ...typed, settings: { ...settings, ...changed } });
  const save = () => {
    const label = { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() };
    if (label.zh) mutate({ label, settings });
  };
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      noValidate
    >
      <h2 className="editor-title">{t("model.settings")}</h2>
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      <div className="editor-body">
        <NameBoxes
          zh={zh}
          en={en}
          isMissing={!zh.trim() && !en.trim()}
          onZh={(text) => setTyped({ ...typed, zh: text })}
          onEn={(text) => setTyped({ ...typed, en: text })}
        />
        <div className="labelled">
          <span className="plain-label">{t("model.icon")}</span>
          <IconPicks value={String(settings.icon ?? "table")} onChange={(icon) => set({ icon })} />
        </div>
        <RecordSettings table={table} settings={settings} onChange={set} />
        <ListSettings table={table} settings={settings} onChange={set} />
      </div>
      <div className="editor-foot">
        {table.source === "user" && <DropTable table={table} designer={designer} />}
        <Button onClick={() => (isDirty ? setTyped(first) : designer.close())}>{t("common.cancel")}</Button>
        <Button type="primary" onClick={save} loading={isPending} disabled={!isDirty}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}

type PartProps = { table: DesignTable; settings: Settings; onChange: (changed: Settings) => void };

function RecordSettings({ table, settings, onChange }: PartProps) {
  const { t } = useTranslation();
  const one = (
    name: "title" | "subtitle" | "owner" | "department" | "stage",
    types: string[] | null,
    help?: string,
  ) => (
    <Labelled label={t(`model.${name}`)} help={help}>
      {(aria) => (
        <FieldSelect
          aria={aria}
          table={table}
          types={types}
          value={settings[name]}
          onChange={(key) => onChange({ [name]: key })}
        />
      )}
    </Labelled>
  );
  return (
    <>
      <h3>{t("model.parts.record")}</h3>
      {one("title", null, t("model.titleHint"))}
      {one("subtitle", null)}
      {one("owner", ["user"], t("model.ownerHint"))}
      {one("department", ["department"], t("model.departmentHint"))}
      <SwitchLine
        label={t("model.pool")}
        hint={t("model.pooledHint")}
        checked={settings.pool === true}
        disabled={!settings.owner || !settings.department}
        onChange={(pool) => onChange({ pool })}
      />
      {one("stage", ["dropdown"], t("model.stageHint"))}
    </>
  );
}

function ListSettings({ table, settings, onChange }: PartProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const options = table.fields.map((field) => ({ value: field.key, label: label(field.label) }));
  const many = (name: "columns" | "facts" | "match", help?: string) => (
    <Labelled label={t(`model.${name}`)} help={help}>
      {(aria) => (
        <Select
          {...aria}
          mode="multiple"
          style={{ width: "100%" }}
          value={Array.isArray(settings[name]) ? (settings[name] as string[]) : []}
          options={options}
          showSearch={{ optionFilterProp: "label" }}
          onChange={(keys: string[]) => onChange({ [name]: keys })}
        />
      )}
    </Labelled>
  );
  return (
    <>
      <h3>{t("model.parts.list")}</h3>
      {many("columns")}
      {many("facts")}
      {many("match", t("model.matchHint"))}
      <Labelled label={t("model.menuPlace")} help={t("model.menuHint")}>
        {(aria) => (
          <InputNumber<number>
            {...aria}
            style={{ width: "100%" }}
            min={1}
            max={9999}
            precision={0}
            value={typeof settings.menu === "number" ? settings.menu : null}
            onChange={(menu) => onChange({ menu })}
          />
        )}
      </Labelled>
    </>
  );
}

type SelectProps = {
  aria: Parameters<Parameters<typeof Labelled>[0]["children"]>[0];
  table: DesignTable;
  types: string[] | null;
  value: unknown;
  onChange: (key: string | null) => void;
};

function FieldSelect({ aria, table, types, value, onChange }: SelectProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const fields = table.fields.filter(({ type }) => types === null || types.includes(type));
  return (
    <Select
      {...aria}
      style={{ width: "100%" }}
      value={typeof value === "string" ? value : ""}
      options={[
        { value: "", label: t("model.none") },
        ...fields.map((field) => ({ value: field.key, label: label(field.label) })),
      ]}
      showSearch={{ optionFilterProp: "label" }}
      onChange={(key: string) => onChange(key || null)}
    />
  );
}

function DropTable({ table, designer }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const takeOut = async (key: string) => {
    await deleteTable(key);
    designer.setDirty(false);
    // Gone from this page before everything is read anew, or it would ask for a table that is no more.
    await navigate("/admin/tables");
  };
  const { mutateAsync } = useWrite(takeOut, { loud: true, said: t("model.takenOut") });
  const hints = t("model.dropTableHints", { returnObjects: true }) as unknown as string[];
  const ask = () =>
    modal.confirm({
      title: t("model.dropTableTitle", { name: label(table.label) }),
      icon: null,
      width: 440,
      content: (
        <ul className="admin-hints">
          {hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      ),
      okText: t("model.takeOut"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      onOk: () => mutateAsync(table.key).catch(() => {}),
    });
  return (
    <Button danger type="text" className="editor-out" onClick={ask}>
      {t("model.dropTable")}
    </Button>
  );
}
