import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { FieldCell } from "@/widgets/field-cell";
import "./conflict-dialog.css";

export type Conflicts = Record<string, { yours: unknown; theirs: unknown }>;

type Props = {
  table: Table;
  conflicts: Conflicts;
  /** With the fields whose own value is kept. */
  onDecided: (kept: Record<string, unknown>) => void;
  onLeft: () => void;
};

/** Two people changed the same fields: both values side by side, field by field. */
export function ConflictDialog({ table, conflicts, onDecided, onLeft }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const keys = Object.keys(conflicts);
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(keys));
  const choose = (key: string, isMine: boolean) =>
    setMine((now) => new Set(isMine ? [...now, key] : [...now].filter((one) => one !== key)));
  const decide = () =>
    onDecided(Object.fromEntries(keys.filter((key) => mine.has(key)).map((key) => [key, conflicts[key]?.yours])));
  return (
    <Modal
      open
      title={t("records.conflictTitle")}
      okText={t("records.keep")}
      onOk={decide}
      onCancel={onLeft}
      width={560}
    >
      <p className="muted">{t("records.conflictHint")}</p>
      {keys.map((key) => {
        const field = table.byKey.get(key);
        const values = conflicts[key];
        if (!field || !values) return null;
        const side = (isMine: boolean) => (
          <button
            type="button"
            role="radio"
            aria-checked={mine.has(key) === isMine}
            className={mine.has(key) === isMine ? "conflict-side on" : "conflict-side"}
            onClick={() => choose(key, isMine)}
          >
            <small>{isMine ? t("records.yours") : t("records.theirs")}</small>
            <span>
              <FieldCell value={isMine ? values.yours : values.theirs} field={field} roomy />
            </span>
          </button>
        );
        return (
          <div key={key} className="conflict" role="radiogroup" aria-label={label(field.label)}>
            <b>{label(field.label)}</b>
            {side(true)}
            {side(false)}
          </div>
        );
      })}
    </Modal>
  );
}
