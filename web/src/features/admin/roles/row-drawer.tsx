import { Button, Drawer, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { useIsPhone } from "@/ui/use-is-phone";
import type { Role } from "./api";
import { FieldLimits } from "./field-limits";
import { ACTIONS, type Action, REACHES, type Row, type Scope, scopeFrom, scopeKey } from "./matrix";
import { useScopeWords } from "./use-words";

type Props = {
  role: Role;
  row: Row;
  isNew: boolean;
  error: unknown;
  isPending: boolean;
  /** Null: the role shall say nothing more about the table here. */
  onSave: (row: Row | null) => void;
  onClose: () => void;
};

/** What one role may do in one table: the rows for each action, and the fields held back. */
export function RowDrawer({ role, row, isNew, error, isPending, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const isPhone = useIsPhone();
  const table = useMeta().table.get(row.table);
  const [edited, setEdited] = useState(row);
  const name = table ? label(table.label) : row.table === "*" ? t("roles.allTables") : row.table;
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("roles.drawerTitle", { role: label(role.label), table: name })}
      size={isPhone ? "100%" : 480}
      footer={
        <div className="admin-foot">
          {!isNew && (
            <Button danger type="text" className="role-drop" disabled={isPending} onClick={() => onSave(null)}>
              {t("roles.dropRow")}
            </Button>
          )}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" loading={isPending} onClick={() => onSave(edited)}>
            {t("common.save")}
          </Button>
        </div>
      }
    >
      {error ? <Notice tone="cinnabar">{sentenceOf(error)}</Notice> : null}
      <p className="muted role-union">{t("roles.union")}</p>
      {actionsFor(table, row).map((action, place) => (
        <ScopeSelect
          key={action}
          action={action}
          table={table}
          scopes={edited.scopes[action] ?? []}
          autoFocus={place === 0}
          onChange={(scopes) => setEdited({ ...edited, scopes: { ...edited.scopes, [action]: scopes } })}
        />
      ))}
      {table && <FieldLimits table={table} row={edited} onChange={setEdited} />}
    </Drawer>
  );
}

/** Only what can be done in such a table at all; what is granted anyway stays in sight. */
function actionsFor(table: Table | undefined, row: Row): Action[] {
  if (!table) return [...ACTIONS];
  const needs: Partial<Record<Action, boolean>> = {
    claim: table.settings.pool,
    return: table.settings.pool,
    assign: Boolean(table.settings.owner),
    transfer: Boolean(table.settings.owner),
    convert: Boolean(table.converts),
  };
  return ACTIONS.filter((action) => (needs[action] ?? true) || row.scopes[action]?.length);
}

type SelectProps = {
  action: Action;
  table: Table | undefined;
  scopes: readonly Scope[];
  autoFocus: boolean;
  onChange: (scopes: Scope[]) => void;
};

function ScopeSelect({ action, table, scopes, autoFocus, onChange }: SelectProps) {
  const { t } = useTranslation();
  const { say } = useScopeWords();
  const links = (table?.fields ?? []).filter(({ refers }) => refers && !refers.many && !refers.table.startsWith("@"));
  const known = new Map<string, Scope>(REACHES.map((reach) => [reach, reach]));
  for (const { key } of links) known.set(scopeKey({ via: key }), { via: key });
  for (const scope of scopes) known.set(scopeKey(scope), scope);
  const options = [...known].map(([value, scope]) => ({ value, ...say(scope, table) }));
  return (
    <Labelled label={t(`roles.actions.${action}`)} help={t(`roles.actionHints.${action}`)}>
      {(aria) => (
        <Select
          {...aria}
          mode="multiple"
          autoFocus={autoFocus}
          style={{ width: "100%" }}
          placeholder={t("roles.nothing")}
          value={scopes.map(scopeKey)}
          options={options}
          fieldNames={{ label: "short" }}
          showSearch={{ optionFilterProp: "short" }}
          onChange={(keys: string[]) => onChange(keys.map(scopeFrom))}
          tagRender={({ value, closable, onClose }) => {
            const { short, tone } = say(scopeFrom(String(value)), table);
            return (
              <span className="scope-tag">
                <Chip tone={tone}>
                  {short}
                  {closable && (
                    <button type="button" tabIndex={-1} aria-label={`${t("common.remove")} ${short}`} onClick={onClose}>
                      ×
                    </button>
                  )}
                </Chip>
              </span>
            );
          }}
          optionRender={({ data }) => (
            <span className="scope-option">
              {data.short}
              <span className="muted">{data.long}</span>
            </span>
          )}
        />
      )}
    </Labelled>
  );
}
